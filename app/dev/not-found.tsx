import GlobalNotFound from '../global-not-found'

export default function DevNotFound() {
  return <GlobalNotFound />
}

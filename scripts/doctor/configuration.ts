import { type Check, fault, well } from '@/scripts/doctor/check'

/** All faults of the configuration at once. */
export const configuration: Check = {
  name: 'configuration',
  look: async ({ env, faults }) =>
    env
      ? well(`${env.mode}, ${env.appUrl}`)
      : fault(`${faults.length} fault(s): ${faults.join('; ')}`, 'docs/deploy.md explains each variable.'),
}

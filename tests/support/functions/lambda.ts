import { join } from 'node:path'
import { openGateway } from '@/tests/support/functions/gateway'
import { startInstances } from '@/tests/support/functions/instances'
import type { Platform } from '@/tests/support/functions/platform'

/** Serves a bundle of OpenNext behind an imitation of API Gateway, by functions that freeze. */
export async function startLambda(bundle: string, env: Record<string, string>): Promise<Platform> {
  const variables: Record<string, string> = { ...env, AWS_LAMBDA_FUNCTION_NAME: 'account-access' }
  const { host } = new URL(env.APP_URL ?? '')
  const folder = join(bundle, 'server-functions/default')
  const { invoke, end, ...instances } = startInstances({ runtime: 'lambda-runtime.mjs', folder, env: variables })
  const gateway = await openGateway((asked, response) =>
    invoke({ ...asked, headers: { ...asked.headers, host } }, response),
  )
  variables.OWN_URL = gateway.url
  return {
    ...instances,
    url: gateway.url,
    freshen: end,
    async close() {
      await gateway.close()
      await end()
    },
  }
}

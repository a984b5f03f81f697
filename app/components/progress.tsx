import { getTranslations } from 'next-intl/server'

const steps = [1, 2, 3, 4]

/** How far somebody is on the way to a new password: asked, sent, chosen, done. */
export async function Progress({ step }: { step: number }) {
  const t = await getTranslations('site')
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm text-soft">{t('step', { step, steps: steps.length })}</p>
      <div className="flex gap-1" aria-hidden="true">
        {steps.map((one) => (
          <span
            key={one}
            className={`h-1 flex-1 rounded-sm ${one <= step ? 'bg-sun forced-color-adjust-none' : 'bg-line'}`}
          />
        ))}
      </div>
    </div>
  )
}

import { getTranslations } from 'next-intl/server'
import { Section } from '@/app/components/section'
import { Ways } from '@/app/components/ways'

const defender = 'https://www.defenseurdesdroits.fr'

/** Whom to turn to when the operator does not help: the same authority for all, for it is the law of France. */
export async function Redress() {
  const t = await getTranslations('accessibility')
  return (
    <Section title={t('redress')}>
      <p>{t('redressText')}</p>
      <Ways>
        <li>
          <a href={`${defender}/nous-contacter-355`} hrefLang="fr">
            {t('redressOnline')}
          </a>
        </li>
        <li>
          <a href={`${defender}/carte-des-delegues`} hrefLang="fr">
            {t('redressNearby')}
          </a>
        </li>
      </Ways>
      <p>{t('redressByPost')}</p>
      <address lang="fr" dir="ltr">
        Défenseur des droits
        <br />
        Libre réponse 71120
        <br />
        75342 Paris CEDEX 07
      </address>
    </Section>
  )
}

import { HtmlValidate, StaticConfigLoader } from 'html-validate'

const validator = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ['html-validate:recommended', 'html-validate:a11y'],
    rules: {
      // React writes attributes as its own names are spelt, `attribute=""` and `<meta/>`; HTML reads all that alike.
      'attr-case': 'off',
      'attribute-boolean-style': 'off',
      'attribute-empty-style': 'off',
      'void-style': 'off',
      // The policy of the pages lets no such style work in what is served; the announcer of Next gets its own from a script.
      'no-inline-style': 'off',
      // The ids of React begin with an underscore, as HTML allows.
      'valid-id': ['error', { relaxed: true }],
    },
  }),
)

/** The faults in the HTML of a page, each with its rule and its place. */
export async function htmlFaults(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html)
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} ${selector ?? ''}`),
  )
}

import { expect } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { joinAndLogIn, submit } from '@/tests/support/browser/walks'
import { mailedLinks } from '@/tests/support/mail/mailed-links'

test('a screen reader finds the parts of the sign-in page', async ({ page }) => {
  await page.goto('/fr/login')
  await expect(page.locator('body')).toMatchAriaSnapshot(`
    - link "Aller au contenu"
    - banner:
      - link "Metamots"
      - navigation "Langues":
        - button "Français"
    - main:
      - heading "Se connecter" [level=1]
      - paragraph: Les champs avec * sont obligatoires.
      - textbox "Identifiant*"
      - textbox "Mot de passe*"
      - button "Afficher Mot de passe*"
      - paragraph:
        - link "Réinitialiser votre mot de passe"
      - combobox "Langue de l’interface*"
      - button "Connexion"
      - list:
        - listitem:
          - link "Créer un compte"
        - listitem:
          - link "Renvoyer la confirmation"
    - contentinfo:
      - list:
        - listitem:
          - 'link "Mot de passe perdu : les étapes"'
        - listitem:
          - 'link "Accessibilité : non conforme"'
  `)
  await expect(page.locator('[name=identifier]')).toHaveAccessibleDescription(
    'Votre adresse email ou votre nom d’utilisateur',
  )
})

test('a screen reader finds what to correct of a request, and where', async ({ page }) => {
  await page.goto('/fr/forgot-password')
  await submit(page)
  await expect(page.locator('main')).toMatchAriaSnapshot(`
    - main:
      - heading "Mot de passe oublié" [level=1]
      - alert:
        - heading "À corriger avant de continuer" [level=2]
        - list:
          - listitem:
            - link "Saisissez votre adresse email":
              - /url: "#email"
          - listitem:
            - link "Saisissez votre prénom":
              - /url: "#firstName"
          - listitem:
            - link "Saisissez votre nom":
              - /url: "#lastName"
          - listitem:
            - link "Choisissez votre pays":
              - /url: "#country"
          - listitem:
            - link "Choisissez votre qualité":
              - /url: "#organizationType"
      - textbox "Email*"
      - textbox "Prénom*"
      - textbox "Nom*"
      - combobox "Pays*"
      - combobox "Qualité*"
      - button "Demande de mot de passe"
  `)
  await expect(page.locator('[name=email]')).toHaveAccessibleDescription('Saisissez votre adresse email')
  await expect(page.locator('[name=email]')).toHaveAttribute('aria-invalid', 'true')
})

test('a screen reader finds the rules of a new password beside it', async ({ page, service }) => {
  await page.goto((await mailedLinks['reset-password'](service)).link)
  await expect(page.locator('main')).toMatchAriaSnapshot(`
    - main:
      - heading "Recréer un mot de passe" [level=1]
      - textbox "Email*"
      - textbox "Prénom*"
      - textbox "Nom*"
      - combobox "Pays*"
      - combobox "Qualité*"
      - textbox "Nouveau mot de passe*"
      - button "Afficher Nouveau mot de passe*"
      - paragraph: "Votre mot de passe doit contenir :"
      - list:
        - listitem: 8 caractères au moins pas encore
        - listitem: une lettre minuscule pas encore
        - listitem: une lettre majuscule pas encore
        - listitem: un chiffre pas encore
        - listitem: un caractère spécial pas encore
      - button "Modifier le mot de passe"
  `)
})

test('a screen reader finds the parts of an account under their headings', async ({ page, service }) => {
  await joinAndLogIn(page, service)
  await expect(page.locator('main')).toMatchAriaSnapshot(`
    - main:
      - heading "Mon compte" [level=1]
      - region "Vos informations":
        - heading "Vos informations" [level=2]
        - term: Prénom
        - definition: /./
        - paragraph:
          - link "Corriger mes informations"
        - paragraph:
          - link "Tester mes réponses"
      - region "Sécurité":
        - heading "Sécurité" [level=2]
        - term: Adresse email
        - definition: /@example\\.org$/
        - definition:
          - link "Modifier Adresse email"
        - definition:
          - link "Modifier Mot de passe"
      - region "Vos appareils connectés":
        - heading "Vos appareils connectés" [level=2]
        - list:
          - listitem:
            - strong: Chrome sur Windows
        - button "Se déconnecter partout"
      - region "Langue":
        - heading "Langue" [level=2]
        - combobox "Langue de l’interface*"
        - button "Enregistrer"
      - region "Copie de vos données":
        - heading "Copie de vos données" [level=2]
        - paragraph:
          - link "Télécharger mes données"
      - heading "Fermeture du compte" [level=2]
      - paragraph:
        - link "Fermer mon compte"
  `)
})

test('a screen reader finds the steps of the guide, and what their pictures show', async ({ page }) => {
  await page.goto('/fr/help')
  await expect(page.locator('main')).toMatchAriaSnapshot(`
    - main:
      - 'heading "Mot de passe perdu : les étapes" [level=1]'
      - navigation "Table des matières":
        - heading "Table des matières" [level=2]
        - list:
          - listitem:
            - link "Se connecter"
        - link "Restrictions"
      - heading "Les différentes étapes" [level=2]
      - group:
        - 'heading "Étape 1 : Se connecter" [level=3]'
        - img /sous le formulaire/
        - paragraph: Légende
        - list:
          - listitem: Réinitialiser votre mot de passe
      - group:
        - 'heading "Étape 2 : Mot de passe oublié" [level=3]'
      - region "Restrictions":
        - heading "Restrictions" [level=2]
      - paragraph:
        - link "Réinitialiser votre mot de passe"
  `)
})

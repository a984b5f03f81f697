import { dictionary as leaked } from '@zxcvbn-ts/language-common'
import { expect, test } from 'vitest'
import { isCommonPassword } from '@/lib/accounts/passwords/common'
import { judgeClasses } from '@/lib/accounts/passwords/rule'

test.for([
  [
    'a word',
    'Password1!',
    'Welcome1!',
    'Admin123!',
    'Changeme1!',
    'Secret123!',
    'Letmein1!',
    'Iloveyou1!',
    'Monkey123!',
  ],
  [
    'a French word',
    'Bienvenue1!',
    'Bonjour123!',
    'Motdepasse1!',
    'Coucou123!',
    'Doudou1!',
    'Jetaime123!',
    'Chouchou59!',
  ],
  ['a word of elsewhere', 'Passwort1!', 'Contraseña1!', 'Wachtwoord1!', 'Hallo123!', 'Amore123!', 'Juventus1!'],
  ['a season, a month, a day', 'Soleil2024!', 'Summer2025!', 'Été2024!', 'Hiver2024!', 'Août2025!', 'Lundi2025!'],
  ['a place', 'Marseille13!', 'Paris75000!', 'Toulouse31!', 'India@123', 'Liverpool1!'],
  ['a name', 'Camille1!', 'Nicolas@123', 'Olivier69!', 'Camille14071989!', 'Leo2015!', 'Charlie1!'],
  ['a name for an account', 'Entreprise1!', 'Association1!', 'Test1234!', 'Google123!', 'Microsoft1!'],
  ['letters put as signs', 'P@ssw0rd', 'P@$$w0rd', 'P@ssw0rd1!', 'M0tdep@sse1', 'J3t@ime1!', '@zerty2024!'],
  ['words put together', 'Mot de passe 1!', 'Mot-de-passe1', 'Je t’aime 22'],
  ['a keyboard', 'Azerty123!', 'Azertyuiop1!', 'Qwerty123$', 'Qwertz123!', 'Qsdfghjklm1!', 'Wxcvbn12!', 'Azerqsdf1!'],
  ['a keyboard with shift', '1qaz!QAZ', '!QAZ2wsx', 'Zaq1@wsx', '5tgbBGT%', 'xsw2#EDC', 'A1z2e3r4!', 'A1b2c3d4!'],
  ['a count', 'Abcd1234!', 'Aa123456!', 'Aa@123456', '123456Aa!', 'Abcdefgh1!', 'Abc123!@#'],
  [
    'too little, repeated',
    'Aaaaaa1!',
    '!!!!!!Aa1',
    'Aa1!Aa1!',
    'Abc1!Abc1!',
    'Boubou1!',
    'Kuvekuve1!',
    'Azerty1!Azerty1!',
  ],
])('what is little more than %s is refused', async ([, ...passwords]) => {
  expect(passwords).not.toHaveLength(0)
  expect(await accepted(passwords)).toEqual([])
})

test('a good passphrase or a long mixture will do', async () => {
  const good = [
    'correct Cheval 9 batterie!',
    'Tr0ub4dor&k7x2',
    'Le 3 chats dorment?',
    'J’aime 2 cafés noirs',
    'Vingt7 tortues!lentes',
    'Mon vélo rouge a 2 pneus',
    'Un-n0uveau secret',
    'An0ther secret!',
    'xK9$mQ2!pL',
    'K!m7rvXe',
    'Ярослав купил 2 слона!',
    '😀 Kàfé au lait 4 moi',
  ]
  expect(await accepted(good)).toEqual(good)
})

test('a word will do when more is added than people usually add', async () => {
  const good = ['Cheval48210395!', '7$Cheval&48*20!', '&=Cheval+49', 'Cheval %7;2=9&']
  expect(await accepted(good)).toEqual(good)
})

test('4,000 leaked passwords are refused in the forms that satisfy the rule', async () => {
  const words = leaked['passwords-common'].filter((word) => /^[a-z]{6,}$/.test(word)).slice(0, 1_000)
  const forms = words.flatMap((word) => {
    const capitalized = word.replace(/^./, (letter) => letter.toUpperCase())
    return [`${capitalized}1!`, `${capitalized}@123`, `#${capitalized}2024`, capitalized.replace(/.$/, '$&7*')]
  })
  expect(new Set(forms).size).toBe(4_000)
  expect(forms.filter((form) => judgeClasses(form).length > 0)).toEqual([])
  expect(await accepted(forms)).toEqual([])
})

async function accepted(passwords: string[]): Promise<string[]> {
  const verdicts = await Promise.all(passwords.map((password) => isCommonPassword(password)))
  return passwords.filter((_, index) => !verdicts[index])
}

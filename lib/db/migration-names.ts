/** The migrations that this release needs, oldest first: those of `prisma/migrations`, which a function does not have with it. */
export const migrationNames = [
  '20261123000000_first',
  '20261124120100_session_id',
  '20261124120100_token_purposes',
  '20261124120200_mail_account',
  '20261124120200_several_not_me',
  '20261124120300_closing',
  '20261128200000_pending_sign_ups',
  '20261128210000_fair_turns',
  '20261128220000_event_subject',
  '20261128220100_former_locale',
  '20261128230000_disputes',
  '20261129110000_mail_trouble',
  '20261129120000_operator',
  '20261129130000_mail_request',
]

-- Guesses are counted by the id of the account from now on. What was counted by its digest would stay for fifty years, and no
-- erasure would find it.
DELETE FROM "RateLimit" WHERE "key" ~ '^(log_in|log_in_known|current_password|log_in_row):[A-Za-z0-9_-]{22}$';

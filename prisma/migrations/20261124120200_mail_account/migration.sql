-- CreateIndex
CREATE INDEX "Mail_accountId_idx" ON "Mail"("accountId");


import env from '@next/env'

// As Next does for the server, so that every command means the same database: what is set wins, then the files `.env…`.
// Its mark tells Next, and every command that this one runs, that they have been read.
Object.assign(process.env, { NODE_ENV: process.env.NODE_ENV || 'production' })
env.loadEnvConfig('.', process.env.NODE_ENV === 'development', { info() {}, error: console.error })

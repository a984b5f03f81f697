# docker build -t account-access .
# With --secret id=APP_SECRET,env=APP_SECRET forms that people have open survive the next image.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
ENV BUILD_TARGET=standalone NEXT_TELEMETRY_DISABLED=1
RUN --mount=type=secret,id=APP_SECRET,env=APP_SECRET npm run build
RUN npm run bundle:migrate

# What runs: the server, its files, and `node migrate.mjs`. It writes nothing, so its root may be read-only.
FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOSTNAME=0.0.0.0 PORT=3000 KEEP_ALIVE_TIMEOUT=75000
ENV MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=131072 MALLOC_MMAP_THRESHOLD_=131072
COPY --from=build /app/.next/standalone ./
COPY --from=build /app/.next/static ./.next/static
COPY --from=build /app/public ./public
COPY --from=build /app/.next/migrate ./
USER 65534:65534
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health/live`).then(({ok})=>process.exit(ok?0:1),()=>process.exit(1))"]
CMD ["node", "--max-old-space-size=256", "--max-semi-space-size=16", "server.js"]

// What `open-next build` makes of the service for AWS Lambda behind an HTTP API of API Gateway. Nothing is kept between
// requests, so there is no cache; answers are buffered unless STREAMING is set, for a function URL that streams.
const override = {
  wrapper: process.env.STREAMING ? 'aws-lambda-streaming' : 'aws-lambda',
  converter: 'aws-apigw-v2',
  incrementalCache: 'dummy',
  tagCache: 'dummy',
  queue: 'dummy',
}

export default {
  default: { override },
  buildCommand: 'npm run build:once',
  dangerous: { disableIncrementalCache: true, disableTagCache: true },
}

import { startDemoGateway } from '../src/channels/demo-gateway.js';

/** The gateway and mail server of a benchmark in a process of their own, so that their work is not counted as ours. */
const gateway = await startDemoGateway({ keep: 0 });
process.on('message', (question) => {
  if (question === 'counts') process.send?.(gateway.counts);
});
process.on('disconnect', () => process.exit(0));
process.send?.({ sms: gateway.sms, smtp: gateway.smtp });

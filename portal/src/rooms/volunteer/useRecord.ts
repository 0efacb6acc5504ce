import { useAct } from '../../act';
import { outbox } from '../../offline/outbox';

/**
 * What a button records in the outbox: one at a time, in all tabs, so that who comes second finds what the first recorded. It is recorded once
 * the disk has it; where the disk takes no more, `problem` says so.
 */
export function useRecord() {
  const { busy, problem, act } = useAct();

  /** True when it was done. */
  const record = (work: () => Promise<unknown>) => act(() => navigator.locks.request('volunteer', async () => {
    await outbox.refresh();
    await work();
  }));

  return { busy, problem, record };
}

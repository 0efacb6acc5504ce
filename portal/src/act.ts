import { ref } from 'vue';
import { Problem } from './api/problem';

/** One thing that a button does: `<AppButton :busy="busy" @click="act(() => …)">`, and `<ProblemNote :problem="problem" />` beside it. */
export function useAct() {
  const busy = ref(false);
  const problem = ref<Problem>();

  /** True when it was done. */
  async function act(work: () => Promise<unknown>): Promise<boolean> {
    busy.value = true;
    problem.value = undefined;
    try {
      await work();
      return true;
    } catch (e) {
      if (!(e instanceof Problem)) throw e;
      problem.value = e;
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { busy, problem, act };
}

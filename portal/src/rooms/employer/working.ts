import { ref } from 'vue';
import { Problem } from '../../api/problem';

/** One thing at a time that may be refused: whether it is under way, and what came of the last. */
export function useWork() {
  const busy = ref(false);
  const problem = ref<Problem>();
  async function run(work: () => Promise<unknown>): Promise<boolean> {
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
  return { busy, problem, run };
}

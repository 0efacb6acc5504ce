import { ref } from 'vue';

export type Theme = 'auto' | 'light' | 'dark';

export const theme = ref<Theme>((localStorage.getItem('theme') as Theme | null) ?? 'auto');

/** Without a choice the system's; styles.css does the rest by `color-scheme`. */
export function applyTheme(choice: Theme = theme.value) {
  theme.value = choice;
  document.documentElement.style.colorScheme = choice === 'auto' ? '' : choice;
  localStorage.setItem('theme', choice);
}

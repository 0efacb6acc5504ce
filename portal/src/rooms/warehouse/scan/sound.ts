import { ref } from 'vue';

/** Whether scans beep; chosen once for this browser. */
export const sound = ref(localStorage.getItem('scan-sound') !== 'off');

let audio: AudioContext | undefined;

export function switchSound(on: boolean) {
  sound.value = on;
  localStorage.setItem('scan-sound', on ? 'on' : 'off');
}

/** High and short for good, low and long for bad: to be told apart without looking. */
export function beep(kind: 'good' | 'bad') {
  if (!sound.value) return;
  audio ??= new AudioContext();
  const [pitch, seconds] = kind === 'good' ? [1320, 0.07] : [196, 0.4];
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.type = kind === 'good' ? 'sine' : 'square';
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.15, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + seconds); // without a click at the end
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + seconds);
}

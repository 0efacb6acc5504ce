import type { Room } from '../room';

const account: Room = {
  name: 'account',
  words: import.meta.glob('./*.json'),
  routes: [
    { path: '/sign-in', name: 'sign-in', component: () => import('./SignInPage.vue'), meta: { title: 'account.signIn.title' } },
    { path: '/register/:role(employer|volunteer)', component: () => import('./RegisterPage.vue'), props: true, meta: { title: 'account.register.title' } },
    { path: '/password', component: () => import('./PasswordPage.vue'), meta: { title: 'account.password.title' } },
    { path: '/account', component: () => import('./AccountPage.vue'), meta: { roles: [], title: 'account.mine.title' } },
  ],
};

export default account;

import './editing.test.ts';
import './acting.test.ts';

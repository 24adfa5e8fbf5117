/** The expression language 表达式 in the browser: evaluates trees that the server parsed. */

export { dependencies, evaluate, type Tree, type Values } from './evaluate'
export { reasonOf } from './reasons'
export { type Context, Failure, type Scope, type Shape } from './values'

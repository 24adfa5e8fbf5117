/** How the work of a function 函数 looks; what it takes and whether it is lazy stands in signatures.json. */

import type { Context, Result, Value } from './values'

export type Work = (at: Context, ...values: never[]) => Result
export type Works = Readonly<Record<string, Work>>
export type Thunk = () => Result
export type Maybe<Type> = Type | null | undefined
export type { Context, Result, Value }

/** The shape of a folder's words 文案: two trees with the same keys; a missing translation does not compile. */
export interface Tree {
  [key: string]: string | Tree
}

type Same<Shape> = { [Key in keyof Shape]: Shape[Key] extends string ? string : Same<Shape[Key]> }

export interface Words {
  zh: Tree
  en: Tree
}

/** `export default words({ zh: { add: '添加' }, en: { add: 'Add' } })` in a folder's `locales.ts`. */
export function words<Zh extends Tree>(both: { zh: Zh; en: Same<Zh> }): Words {
  return both as Words
}

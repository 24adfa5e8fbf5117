/** The words of copying a form and of where a field is used 复制表单与字段用处文案. */
import { words } from '@/i18n/words'

export default words({
  zh: {
    copy: '复制或移动表单',
    copyHint: '复制表单定义和流程，放入所选应用的草稿；数据留在原处',
    into: '放入应用',
    name: '新表单名称',
    nameOf: '{{name}} 副本',
    move: '移动（从本应用的草稿中删除；表单有数据时不能移动）',
    copied: '已放入草稿，发布后可用',
    problems: '有 {{count}} 处在那里找不到，请打开后处理',
    open: '打开',
    usedIn: '用在哪里',
    used: '“{{label}}”用在 {{count}} 处',
    unused: '没有别的地方用到“{{label}}”',
    holding: '{{count}} 条数据填了它',
  },
  en: {
    copy: 'Copy or move the form',
    copyHint: 'The form and its workflow go into the draft of the app you choose; records stay where they are',
    into: 'Into the app',
    name: 'Name of the copy',
    nameOf: '{{name}} copy',
    move: 'Move it (out of the draft of this app; not while it holds records)',
    copied: 'It is in the draft; publish to use it',
    problems: '{{count}} things lead nowhere there; open it to mend them',
    open: 'Open it',
    usedIn: 'Where it is used',
    used: '“{{label}}” is used in {{count}} places',
    unused: 'Nothing else uses “{{label}}”',
    holding: '{{count}} records hold a value',
  },
})

/** Help on designing forms and workflows, in English 设计器的帮助. */
import type { HelpPages } from './topics'

const pages: Pick<HelpPages, 'form_design' | 'flow_design'> = {
  form_design: {
    title: 'Form designer',
    lead: 'Fields at the left, the form as people will see it in the middle, properties of the chosen field or of the form at the right.',
    parts: [
      {
        head: 'Add and arrange',
        points: [
          'Click a field to append it, or drag it to its place.',
          'Drag to rearrange; without a mouse, Alt+↑ and Alt+↓ move a field.',
          'Widths of 1/2, 1/3 and 1/4 put fields side by side; a form may have 1–4 columns; sections can be shown as tabs.',
        ],
      },
      {
        head: 'The right type',
        points: [
          'Text can be an identity number, postcode, plate, credit code or a pattern of your own; phones can scan codes into it.',
          'Dates have bounds and begin “7 days from today”; members can be narrowed, or follow a department field.',
          'Pictures can be photos only, shrunk and marked; signatures fill a phone’s screen; regions of addresses are yours to change.',
          'Rows of a subform are pasted from Excel, dragged, fixed, and totalled as you say.',
          'A serial number is made of text, date, fields and a count that may begin anew each year, month or day. It has no gaps, or is faster and may have some.',
          'Dividers, notes, buttons and embedded pages stand on the page only and hold nothing.',
        ],
      },
      {
        head: 'Make it clever',
        points: [
          'A default may be a constant, automatic (me, today) or a formula.',
          'A field with a formula is worked out by itself and cannot be typed into.',
          'Rules show, require or lock fields when a condition holds.',
          'Checks refuse what cannot be right and say why.',
          'What rules hide never blocks a submit; its value is kept, cleared or set back, as you choose.',
          'Fields may be unique together, among all records or those that answer a condition.',
          'After a submit: a sentence and a way on; a skin of colour, cover and density. Long forms may be filled in section by section or one question a page.',
          'The preview shows the form on a desktop, on a phone, and as a role or a member would see it. Action buttons make a record of another form and may set this one afterwards.',
          'A new form may begin with an Excel or CSV file; a form can be copied or moved to another app.',
          'A new record that is not sent waits in the draft box, on any device.',
          'Events: when a field changes, a button is pressed or the form is opened, another system is asked and the answer fills fields and rows; keys stay on the server, and “Try it” shows what comes back.',
          'With a service of the operator’s, mobile fields ask for a code by text message, and a picture or a pasted text fills fields in.',
        ],
      },
      {
        head: 'What other forms hold',
        points: [
          '“References” picks several records at once; those that somebody may not see are not shown to him, and he cannot remove them.',
          'A choice takes its options from another form’s records, under conditions that follow the fields of this one; each option of its own list may have a condition.',
          'A default by “linkage” comes from another form; so may each column of a subform, by the fields of its row and of the record.',
        ],
      },
      {
        head: 'Who sees and changes what',
        text: 'Under “Form → Permission groups”: for whom, which operations, which records, and for every field whether it can be edited, read or not seen. Who is in several groups has the rights of all of them.',
      },
      {
        head: 'Draft and publish',
        points: [
          'Every change is kept in a draft at once; everybody else still sees the live version.',
          'Two administrators may design at once: what the other does appears and is merged, undo takes back only your own steps, and you are asked only where both changed the same thing.',
          'Copied fields may be pasted into another form; formulas and linkages copied with them follow the new fields.',
          '“Publish” lists changes and their impact; removing a field does not remove its values.',
          'Before a field changes its type you are told how many values convert, which do not, and in which records; for a choice, the values there are become options by one click.',
          'Values are converted in the background after publishing, and everybody sees the new type at once; what did not convert is listed at the top of the designer, to be exported, tried again, or put in by other words; until all are converted, filters and orders by the field wait; “Undo the change” brings back every value that nobody edited since.',
          '“Preview” lets you fill the form in without saving anything.',
        ],
      },
    ],
    keys: [
      ['mod+s', 'Publish'],
      ['mod+z', 'Undo'],
      ['mod+shift+z', 'Redo'],
      ['mod+c', 'Copy fields'],
      ['mod+v', 'Paste fields'],
      ['mod+d', 'Duplicate'],
      ['del', 'Delete fields'],
      ['alt+up', 'Move up'],
      ['alt+down', 'Move down'],
      ['esc', 'Choose nothing'],
    ],
  },
  flow_design: {
    title: 'Workflow designer',
    lead: 'A submitted record passes these nodes. “+” on a line inserts a node; click a node to change its properties.',
    parts: [
      {
        head: 'Nodes',
        points: [
          'Approve: approve or reject, also return, transfer, add signers. With several people: one is enough, all, one after another, or a share.',
          'Fill in: somebody adds what is missing; nothing is approved or rejected.',
          'Branch: the first condition from the top that holds decides; if none does, “Otherwise”.',
          'Parallel and join: several ways at once, going on when all have arrived, or so many of them.',
          'Copy: people are told, nothing is asked of them.',
          'Update: values go into this record, what it refers to or what refers to it, or into a new one. Subflow: starts another form’s workflow, and waits for it or not.',
        ],
      },
      {
        head: 'Assignees',
        text: 'Named members, a role, the head of a department, a superior, a member field of the form, or the initiator. If nobody is found it goes to the administrators, passes by itself, or goes to a named person.',
      },
      { head: 'Field rights', text: 'Each node says which fields are hidden, read-only, editable or required there.' },
      {
        head: 'Test',
        points: [
          'Simulate: choose who starts it and with what, play every part, run ahead to deadlines; nothing is kept.',
          'Cases: a simulation that is kept is played again at every publish, and says when its end has changed.',
          'Past runs: the draft is held against recent instances; see which go elsewhere, ask others, or end otherwise.',
          'Analysis: time, waiting, lateness and returns for each node and person, as far as one heads them.',
          'Advice at the lower right never blocks: overlaps, gaps, nobody to ask today; click it for its way and example.',
        ],
      },
      {
        head: 'After publishing',
        text: 'New submissions go the new way; what is running finishes the way it started, or is migrated under “Versions”.',
      },
    ],
    keys: [
      ['mod+s', 'Publish'],
      ['mod+z', 'Undo'],
      ['mod+shift+z', 'Redo'],
      ['mod+f', 'Find a node'],
      ['mod+c', 'Copy nodes, also into another workflow'],
      ['mod+v', 'Paste; into a line that is chosen'],
      ['mod+d', 'Once more'],
      ['up', 'Arrows choose the next node'],
      ['enter', 'Edit the chosen node'],
      ['del', 'Delete the node'],
      ['esc', 'Choose nothing'],
    ],
  },
}

export default pages

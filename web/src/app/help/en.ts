/** The help in English 英文帮助. */
import design from './design-en'
import type { HelpPages } from './topics'

const pages: HelpPages = {
  ...design,
  start: {
    title: 'Getting started',
    lead: 'Qiaoban is put together from three pieces: forms keep records, workflows pass them from person to person, dashboards turn them into numbers and charts. Each piece is yours to change.',
    parts: [
      {
        head: 'Look around',
        points: [
          'The menu at the left lists the forms and dashboards of this app that you may open; your to-do stands on top.',
          'Open a form, click a row: the record opens at the right, with details, approvals, related records and history.',
          'In a trial, “View as …” at the top right shows everything through another person’s eyes, so that one person can walk a whole workflow.',
        ],
      },
      {
        head: 'Make it yours',
        points: [
          'Administrators hover over a menu entry and click the pencil to open the designer.',
          'Changes are kept as a draft; “Publish” makes them live for everybody. Existing records stay as they are.',
          'Click the app’s name at the top left to switch apps, make a new one or clear the sample data.',
        ],
      },
      {
        head: 'Get there fast',
        text: 'Press Ctrl+K and type a few letters to open any menu entry or to find a record.',
      },
    ],
  },
  list: {
    title: 'Lists',
    lead: 'All records of a form. Which rows and fields you see is decided by the permission groups that an administrator set.',
    parts: [
      {
        head: 'Find what you need',
        points: [
          'Views: “View actions” saves the present conditions, order, columns and widths as a view of your own; administrators may save one for everybody. The first view, columns and widths follow your account.',
          'The search box looks into every text field.',
          '“Filter” joins conditions by and / or, also over fields of referenced records, such as the customer’s region.',
          'Click a column’s heading to sort, to filter by it or to hide it; “Columns” chooses columns and their order.',
          'Filter and sort are part of the address: send it to a colleague and they see the same list.',
        ],
      },
      {
        head: 'Many at once',
        points: [
          'Tick the boxes at the left to delete or export several records.',
          'Deleted records go to the recycle bin first (“⋯” in the toolbar) and can be restored.',
        ],
      },
      {
        head: 'In and out',
        text: 'Use “Import”, or drop an Excel file onto the list. “Export” gives you what the filter shows, with the visible columns, with all fields, or as a .zip with attachments and pictures, which can be imported again as it is.',
      },
    ],
    keys: [
      ['up', 'Row above'],
      ['down', 'Row below'],
      ['enter', 'Open the record'],
      ['space', 'Tick the row'],
    ],
  },
  record: {
    title: 'Records',
    lead: 'Everything about one record. Fields you have no right to are not shown; read-only fields cannot be changed.',
    parts: [
      {
        head: 'Four tabs',
        points: [
          'Details: laid out like the form; “Edit” changes it.',
          'Approvals: who did what and when, who has it now, who comes next.',
          'Related: records of other forms that point here, such as a customer’s contacts and contracts; change, add and remove them right there.',
          'History: the values before and after every change.',
        ],
      },
      {
        head: 'While filling in',
        points: [
          'A star marks what is required; formulas are worked out while you type.',
          'What you did not save stays in this browser and is offered when you come back.',
          'Two people editing at once: different fields are merged, and for the same field you choose.',
        ],
      },
      {
        head: 'Forms with a workflow',
        text: 'Save a draft, then “Submit” to start the approval; it can be withdrawn while the workflow allows it.',
      },
    ],
    keys: [
      ['e', 'Edit'],
      ['mod+s', 'Save'],
      ['mod+up', 'Previous record'],
      ['mod+down', 'Next record'],
      ['esc', 'Close'],
    ],
  },
  import: {
    title: 'Import from Excel',
    lead: 'Four steps: upload, match columns, check, import. Nothing is written before you click “Start import”.',
    parts: [
      {
        head: 'Steps',
        points: [
          'Upload .xlsx, .xls or .csv, or download the template first and fill it in.',
          'Check the heading row and which field each column goes to; a first guess is made for you.',
          'To update existing records, choose the field that tells which they are, such as the customer number.',
          'Every row is checked; you learn which rows and fields are wrong, and may replace a value or skip those rows.',
        ],
      },
      {
        head: 'Afterwards',
        points: [
          'The import runs in the background; the window may be closed.',
          'Rows with errors can be downloaded as Excel, mended and uploaded again.',
          '“Undo this import” removes what was added and puts back what was changed; records that others edited since are kept.',
        ],
      },
    ],
  },
  tasks: {
    title: 'To-do and approvals',
    lead: 'What waits for you, what you started, what you handled and what was copied to you.',
    parts: [
      {
        head: 'Handling',
        points: [
          'Choose a card at the left; the record and its story stand at the right, what you can do at the bottom.',
          'After approving or submitting, the next task opens by itself.',
          'Reject: the workflow goes the refused way. Return: back to an earlier node, to be mended.',
          'Transfer: somebody else handles it. Delegate: somebody gives an opinion first, and you decide. Add signer: more people decide, before you, beside you or after you.',
          'Save for later: what you filled in is kept, and so is the task. Take back: undo your last answer while the next step was not handled. Urge: remind those who are asked.',
          'While you are away somebody may stand in for you, on the days and forms you say; the story names both of you.',
          'Several at once: press “Choose several” above the list, tick cards, then approve, reject or transfer them; each stands or falls by itself, and every result is shown.',
          'An @ in a comment offers those who may see the record; whoever is named gets a message.',
          'Keys: J/K move between cards, A or Ctrl+Enter approves, R returns, X ticks while choosing.',
        ],
      },
      {
        head: 'Started by me',
        text: 'See where it is and whom it waits for. Where the workflow allows, withdraw it, change it and submit again.',
      },
      {
        head: 'Messages',
        points: [
          'The bell at the top right holds new tasks, results, comments and reminders; a click opens the task or the record.',
          'Under “Settings → How I am told” each kind of message can come in the app, by mail or by a chat robot.',
          'A task with a deadline says how much time is left; then it reminds, passes, rejects, returns or transfers, as the workflow says.',
        ],
      },
    ],
    keys: [
      ['j', 'Next card'],
      ['k', 'Previous card'],
      ['mod+enter', 'Approve or submit'],
    ],
  },
  dashboard: {
    title: 'Dashboards',
    lead: 'Records as numbers and charts. Everybody sees only what they have the right to see.',
    parts: [
      {
        head: 'Reading',
        points: [
          'Time range and person at the top apply to every widget and are part of the address.',
          'Click a number or a part of a chart to open the records behind it.',
          'Every chart can be shown as a table.',
        ],
      },
      { head: 'Changing', text: 'Administrators click the icon beside a dashboard in the menu to open its designer.' },
    ],
  },
  sharing: {
    title: 'Public links',
    lead: 'Let people without an account fill in a form, or look up what is theirs. A link does one thing.',
    parts: [
      {
        head: 'A public form',
        points: [
          'Choose the fields to be filled in; fields that pick records or people stay inside.',
          'What comes in belongs to the member you choose, and starts the workflow in his name.',
          'Limit it by time, by number, by password, or to once per device.',
          'Fill it in beforehand by the address: …/p/…?company=Acme.',
          'The check for robots is done by the browser in the background; whoever fills in has nothing to do.',
        ],
      },
      {
        head: 'A public lookup',
        text: 'Who knows every value you ask for, exactly, is shown the fields you chose. Nobody can page through the records.',
      },
      {
        head: 'QR poster',
        text: 'Every link can be drawn as a code and downloaded as a picture to print.',
      },
    ],
  },
  dashboard_design: {
    title: 'Dashboard designer',
    lead: 'Place widgets on a grid: figures, charts, lists. The right side says what they count and how they look.',
    parts: [
      {
        head: 'A widget',
        points: [
          'Choose a form, then groups (by what) and measures (count, sum, average, largest, smallest).',
          'A widget’s filter is its own; time and person at the top apply to all.',
          'Drag to move, drag the lower right corner to resize.',
        ],
      },
      {
        head: 'Rights',
        text: 'A widget counts only what its reader may see, so the same dashboard may show different numbers to different people.',
      },
    ],
    keys: [
      ['mod+s', 'Publish'],
      ['mod+z', 'Undo'],
      ['mod+shift+z', 'Redo'],
    ],
  },
  aggregates: {
    title: 'Aggregates',
    lead: 'An aggregate sums up a form, or the rows of its subform, by groups. Forms take values from it as from another form.',
    parts: [
      {
        head: 'Making one',
        points: [
          'Choose what is counted: every record of a form, or every row of one of its subforms.',
          'Groups say by what (dates by day, week, month, quarter or year); measures say how much, each under a filter of its own if you like.',
          'The rows at the right are live. Forms can use it once it is published.',
        ],
      },
      {
        head: 'Using it',
        points: [
          'Data linkage: a field begins with a value of the aggregate, e.g. the stock of the product that was chosen.',
          'Pick records: a button copies rows of the aggregate into a subform.',
          'Lookup table: its rows stand on the page and are not stored.',
        ],
      },
      {
        head: 'Rights',
        text: 'Everybody sees what the records that he may read add up to, and never a measure of a field that is hidden from him.',
      },
    ],
    keys: [
      ['mod+s', 'Publish'],
      ['mod+z', 'Undo'],
      ['mod+shift+z', 'Redo'],
    ],
  },
  versions: {
    title: 'Publish and versions',
    lead: 'Forms, workflows, dashboards and permissions are published together; every time leaves a version.',
    parts: [
      {
        head: 'Draft',
        text: 'Changes made in the designers wait in the draft. See here what they are, go on with them or drop them.',
      },
      {
        head: 'Restore',
        points: [
          'Restoring an old version publishes it as a new one; nothing of the past is lost.',
          'It changes forms and workflows only; records stay as they are.',
          'Running workflows finish in the version they started in.',
          '“Migrate” moves them to the newest: say what each node becomes, look at each, move; it can be taken back until somebody acts.',
        ],
      },
    ],
  },
  analysis: {
    title: 'Workflow analysis',
    lead: 'Where the time of a workflow goes: how long each node and person takes, what is returned or overdue.',
    parts: [
      {
        head: 'Who may look',
        text: 'Administrators see everybody’s work; the head of a department that of its people.',
      },
      {
        head: 'Reading it',
        points: [
          'Choose a workflow and a period, by node or by person; a click on a heading sorts.',
          'The warmer a node in the drawing, the longer it takes; the outlined one takes most of the time.',
          '“Until opened” is the time before anybody looked at the task, “then to answer” the time after.',
          'Export gives the same table, with times in hours.',
        ],
      },
    ],
  },
  fields: {
    title: 'Field types',
    lead: 'What each field holds, how it is set up, how it is asked for, and how it stands in a file.',
    parts: [
      {
        head: 'What all fields have',
        points: [
          'Required, read-only, hidden, help and width; those with a value also have a default (constant, formula, linkage) and “no duplicates”.',
          'A permission group lets each field be edited, read or not be seen; what is not seen is in no list, filter, group, export, history or API.',
          'The history shows each field before and after; of a subform every row and cell.',
          'A record is printed whole: folded sections and other tabs too.',
        ],
      },
    ],
  },
  formulas: {
    title: 'Formulas',
    lead: 'Used in formula fields, defaults, rules, checks and conditions of workflows. They read like a spreadsheet’s, with the names of fields.',
    parts: [
      {
        head: 'Examples',
        points: [
          'IF(AND(Amount > 1000, Status = "Signed"), Amount * 0.05, 0)',
          'SUM(Lines.Subtotal): a column of a subform',
          'Customer.Level: a field of a referenced record',
          'SUM(Products.Price): a field of several referenced records, added up',
          'DAYS({Due date}, TODAY()): days that are left',
        ],
      },
      {
        head: 'Writing',
        points: [
          'Text stands in quotes: "Signed". Names with spaces or signs stand in braces: {Due date}.',
          'Compare with = <> > >= < <=, join text with &.',
          'An empty value is nothing, not 0.',
          'A mistake is shown where it is, with the reason and often with a fix.',
        ],
      },
    ],
  },
  settings: {
    title: 'Settings',
    lead: 'People, departments and roles of the workspace, and who may join. Only administrators change them.',
    parts: [
      {
        head: 'People',
        points: [
          'Members: add them, change departments and roles, make them administrators or disable them. Who is disabled is locked out at once; all records stay.',
          'A forgotten password: make a reset link in the member’s “…” and send it; it works once within 24 hours. Your own is changed in the menu behind your picture. The log keeps track.',
          'Departments: what is above what, and their heads; “head of department” and “superior” in workflows come from here.',
          'Roles: names for groups of people, used in permission groups and workflows.',
        ],
      },
      {
        head: 'Invitations',
        text: 'Make a link and send it; departments, roles and days may be chosen beforehand. The link is shown once and can be revoked at any time.',
      },
      { head: 'Trial', text: '“Keep this workspace” makes a trial permanent; everything in it stays.' },
    ],
  },
  api: {
    title: 'API',
    lead: 'What you can do on the page, a program can do too. A token acts as you, with your rights.',
    parts: [
      {
        head: 'Begin',
        points: [
          'Make a token under “Settings → API tokens”; it is shown once.',
          'Send it in a header: Authorization: Bearer <token>.',
          'For example, POST /api/apps/crm/forms/customer/records/query lists customers, POST …/records adds one.',
          'GET /api/apps/crm/forms/customer/schema is the JSON Schema of a form: what you may read of it and send to it.',
          'The whole reference is at /api/docs and can be tried there.',
        ],
      },
      {
        head: 'When something is wrong',
        text: 'The answer is problem+json: code never changes, detail is a sentence for people, path names the field.',
      },
    ],
  },
}

export default pages

// What the silo answers to the page, and what it takes. All paths are relative to {prefix}/api/, names are percent-encoded.
//
// | Request                               | Answer                                                                                  |
// | ------------------------------------- | --------------------------------------------------------------------------------------- |
// | POST session {key}                    | SessionInfo and a cookie; 401: a wrong key or token; 429: too many wrong keys, Retry-After says   |
// | GET session                           | SessionInfo; 401: not signed in                                                          |
// | DELETE session                        | 204: signed out                                                                          |
// | GET sweeps                            | SweepSummary[], newest first                                                             |
// | GET sweeps/NAME                       | SweepPage                                                                                |
// | GET sweeps/NAME/stream?after=MARK     | server-sent events, see StreamEvents; MARK is SweepPage.mark                             |
// | GET sweeps/NAME/range-tests           | JobCurve[]: range tests that ended, oldest first, at most 48, thinned                    |
// | GET sweeps/NAME/curves                | JobCurve[] of the jobs that run now                                                      |
// | GET sweeps/NAME/curves?jobs=T-0001,…  | JobCurve[] of these jobs, at most 24, thinned; jobs without a curve are left out         |
// | GET sweeps/NAME/analysis              | AnalysisPage; takes a second or two, the server keeps the last one                       |
// | GET sweeps/NAME/jobs/JOB              | JobPage; JOB is T-0001 or R-001                                                          |
// | GET sweeps/NAME/export.csv, .json     | file; ?what=trials (default), range_tests or curves; as `sweeper export` writes it       |
// | GET workers                           | WorkerStatus[]                                                                           |
// | POST sweeps, a spec as its body       | {sweep, status}; 400: every problem of the spec                                          |
// | POST sweeps/NAME/pause|resume|cancel  | ControlResult                                                                            |
// | POST sweeps/NAME/retry {jobs}         | ControlResult; jobs: string[], empty: every job that failed, ran out of memory, stopped  |
// | POST sweeps/NAME/limits {settings}    | ControlResult; settings as `sweeper set` takes them: {"limits.wall_time": "2h", …: "none"} |
//
// Every request but GET carries the header "X-Sweeper: page", or a token in "Authorization: Bearer"; 403: the role does not allow it. What is not 2xx has the body Refusal; 400 of limits lists
// every problem. ControlResult is 200 whether or not anything was done: `done` says, `message` says why.
// Words are snake_case as in the console's JSON; a number that is none is null; moments are ISO 8601, UTC.
// Everything below "Generated" is written from the server's types: run tests/Unit with SWEEPER_UPDATE_GENERATED=1.

/** A spec with every setting, in the form that the store keeps. */
export type Spec = Record<string, unknown>

/**
 * Events of the stream. `id:` is a mark: EventSource hands it back by itself and misses nothing. Comments are heartbeats,
 * at most 15 s apart. The order in one batch is: reset, cells, trials, curves or points, view.
 */
export interface StreamEvents {
  /** The mark is not of this silo (it was started anew): what follows is whole, not a difference. */
  reset: Record<string, never>
  /** Cells that changed: replace them by number. */
  cells: CellRecord[]
  /** Trials that changed: replace them by number. */
  trials: TrialColumns
  /** Curves of all running jobs, whole: first in every connection. Jobs that are not among them do not run any more. */
  curves: JobCurve[]
  /** New points of running jobs, to be appended; a job that is new comes whole, with its schedule. */
  points: JobCurve[]
  /** The sweep at a glance. Its `cells` are empty here: see the event of that name. */
  view: SweepView
  /** The sweep was deleted; the stream ends. */
  gone: Refusal
}

// Generated.

export interface SessionInfo {
  user: string
  role: "viewer" | "submitter" | "admin"
  version: string
  node: string
  data_directory: string
  console_options: string
  trace_links: boolean
  orleans_dashboard: string | null
}

export interface Refusal {
  message: string
  problems: SpecProblem[]
}

export interface SweepSummary {
  name: string
  status: "running" | "paused" | "completed" | "cancelled"
  status_reason: string | null
  created_at: string
  updated_at: string
  model: string
  data_set: string
  trials: number
  ended: number
  best_accuracy: number | null
  interrupted: boolean
  generation_of: string | null
  generation: number | null
}

export interface SweepPage {
  mark: string
  at_work: boolean
  created_at: string
  view: SweepView
  spec: Spec
  spec_yaml: string
  limits: LimitSetting[]
  cells: CellRecord[]
  trials: TrialColumns
  leaderboard: LeaderboardRow[]
  ranked: number
  stopping: StoppingSummary | null
  changes: SweepEventLine[]
  batch_rule: BatchRule | null
  warm_start: WarmStart | null
  workers: WorkerStatus[]
  reached: boolean
  submitted_by: string | null
  may_change: boolean
  trace_id: string | null
  trace_link: string | null
}

export interface AnalysisPage {
  analysis: SweepAnalysis
  after_ended: number
}

export interface JobPage {
  sweep: string
  job: string
  kind: "range_test" | "trial"
  state: string
  evidence: string | null
  trial: TrialRecord | null
  cell: CellRecord | null
  progress: JobProgress | null
  curve: JobCurve | null
  attempts: JobAttempt[]
  logs: JobLogLine[]
  trace_id: string | null
  trace_link: string | null
  score: "accuracy" | "top5_accuracy" | "balanced_accuracy" | "macro_f1" | "log_loss" | "r2" | "rmse" | "mae" | "own"
}

export interface JobCurve {
  job: string
  attempt: number
  live: boolean
  total_steps: number | null
  curves: JobCurves
  planned: PlannedSchedule | null
}

export interface TrialColumns {
  count: number
  words: string[]
  number: number[]
  cell: number[]
  max_lr: (number | null)[]
  batch_size: number[]
  weight_decay: (number | null)[]
  dropout: (number | null)[]
  train_size: (number | null)[]
  replicate: number[]
  seed: number[]
  state: number[]
  role: number[]
  attempts: number[]
  planned_epochs: (number | null)[]
  momentum_high: (number | null)[]
  parent: (number | null)[]
  validation_accuracy: (number | null)[]
  test_accuracy: (number | null)[]
  train_loss: (number | null)[]
  seconds: (number | null)[]
  epochs: (number | null)[]
  images_per_second: (number | null)[]
  started_at: (number | null)[]
  worker: number[]
}

export interface WorkerStatus {
  key: WorkerKey
  device: string
  memory_bytes: number
  slots: number
  running: JobKey[]
  jobs_done: number
  labels: string[]
  duty: "open" | "drained" | "quarantined" | "leaving"
  duty_reason: string | null
}

export interface ControlResult {
  done: boolean
  message: string
}

export interface SpecProblem {
  path: string
  value: string | null
  message: string
  line: number
}

export interface SweepView {
  name: string
  sequence: number
  status: "running" | "paused" | "completed" | "cancelled"
  status_reason: string | null
  counts: JobCounts
  range_tests: JobCounts
  active_seconds: number | null
  epochs_spent: number | null
  seconds_left: number | null
  cells: CellRecord[]
  running: RunningJob[]
  leaders: LeaderboardRow[]
  events: SweepEventLine[]
  select_by: "validation" | "test"
  objective: "accuracy" | "top5_accuracy" | "balanced_accuracy" | "macro_f1" | "log_loss" | "r2" | "rmse" | "mae" | "own"
  own_objective: string | null
  score: "accuracy" | "top5_accuracy" | "balanced_accuracy" | "macro_f1" | "log_loss" | "r2" | "rmse" | "mae" | "own"
}

export interface LimitSetting {
  path: string
  value: string
  description: string
}

export interface CellRecord {
  number: number
  key: CellKey
  status: "waiting" | "ready" | "running" | "done" | "skipped"
  attempts: number
  outcome: JobOutcome | null
  run: RunInfo | null
  length_factor: number | null
  repeat: RangeTestRepeat | null
}

export interface LeaderboardRow {
  rank: number
  configuration: Configuration
  replicates: number
  validation_accuracy: number | null
  validation_deviation: number | null
  test_accuracy: number | null
  test_deviation: number | null
  seconds: number | null
  trials: number[]
  epochs: number | null
  momentum_high: number | null
  line_epochs: number | null
  validation_metrics: TrialMetrics | null
  test_metrics: TrialMetrics | null
}

export interface StoppingSummary {
  rule: string
  stopped: number
  for_safety: number
  epochs_saved: number | null
  epochs_trained: number | null
  audit: StopAudits | null
  lengths: CycleLength[]
  shortest_good_enough: number | null
  epsilon: number | null
  cut: ShortCycleCut | null
}

export interface SweepEventLine {
  sequence: number
  at: string
  text: string
}

export interface BatchRule {
  exponent: number | null
  lower: number | null
  upper: number | null
  range_tests: number
  words: string
}

export interface WarmStart {
  sources: WarmSource[]
  results: PriorResult[]
}

export interface SweepAnalysis {
  data: AnalysedData
  surface: SurfaceFit | null
  importances: FactorImportance[]
  interactions: Interaction[]
  decays: DecayAtRate[]
  batches: BatchAtEqualTime[]
  dropout: DropoutEffect | null
  theory: TheoryCheck[]
  claims: Claim[]
  selection: SelectionNote | null
  gaps: AnalysisGap[]
}

export interface TrialRecord {
  number: number
  cell: number
  configuration: Configuration
  replicate: number
  seed: number
  status: "waiting" | "ready" | "running" | "done" | "skipped"
  attempts: number
  outcome: JobOutcome | null
  run: RunInfo | null
  plan: TrialPlan | null
}

export interface JobProgress {
  key: JobKey
  attempt: number
  worker: string
  step: number
  total_steps: number
  learning_rate: number | null
  momentum: number | null
  train_loss: number | null
  accuracy: number | null
  images_per_second: number | null
  seconds_left: number | null
  readings: ProgressReadings | null
}

export interface JobAttempt {
  number: number
  worker: string
  started_at: string
  ended_at: string | null
  ended_as: string | null
  reason: string | null
  trace_id: string
  span_id: string
  trace_link: string | null
}

export interface JobLogLine {
  at: string
  level: "debug" | "information" | "warning" | "error"
  attempt: number | null
  text: string
}

export interface JobCurves {
  step: number[]
  learning_rate: (number | null)[]
  momentum: (number | null)[]
  train_loss: (number | null)[]
  smoothed_loss: (number | null)[]
  evaluations: Evaluation[]
}

export interface PlannedSchedule {
  step: number[]
  learning_rate: (number | null)[]
  momentum: (number | null)[]
}

export interface WorkerKey {
  node: string
  device: string
}

export interface JobKey {
  sweep: string
  kind: "range_test" | "trial"
  number: number
  short_name: string
}

export interface JobCounts {
  total: number
  waiting: number
  ready: number
  running: number
  completed: number
  diverged: number
  failed: number
  stopped: number
  skipped: number
  stopped_early: number
}

export interface RunningJob {
  key: JobKey
  attempt: number
  worker: string
  configuration: Configuration
  progress: JobProgress | null
}

export interface CellKey {
  batch_size: number
  weight_decay: number | null
  dropout: number | null
  train_size: number | null
  model: { [setting: string]: number | string } | null
}

export type JobOutcome =
  | { kind: "trained", score: TrialScore, audit: StopEvidence | null }
  | { kind: "range_tested", findings: RangeTestFindings }
  | { kind: "resume_checked", interrupted_at_step: number, whole_hash: string, resumed_hash: string, score: TrialScore }
  | { kind: "diverged", step: number, learning_rate: number | null, evidence: string }
  | { kind: "out_of_memory", evidence: string }
  | { kind: "failed", error: string, worker_lost: boolean }
  | { kind: "stopped", reason: string }
  | { kind: "stopped_early", evidence: StopEvidence }

export interface RunInfo {
  worker: string
  device: string
  versions: string
  seed: number
  data_hash: string
  parameters: number
  started_at: string
  seconds: number | null
  steps: number
  epochs: number | null
  images_per_second: number | null
  resumed_from_step: number
  platform: string | null
  reused_from: JobKey | null
  train_images: number
  cooldown_epochs: number | null
  skipped_files: number
  memory_bytes: number | null
}

export interface RangeTestRepeat {
  of: number
  to: number | null
  why: string
}

export interface Configuration {
  max_learning_rate: number | null
  batch_size: number
  weight_decay: number | null
  dropout: number | null
  train_size: number | null
  model: { [setting: string]: number | string } | null
}

export interface TrialMetrics {
  log_loss: number | null
  top5_accuracy: number | null
  balanced_accuracy: number | null
  macro_f1: number | null
  rmse: number | null
  mae: number | null
  own: { [metric: string]: number } | null
}

export interface StopAudits {
  audited: number
  wrong: number
  low: number | null
  high: number | null
}

export interface CycleLength {
  epochs: number | null
  finished: number
  failed: number
  best_trial: number | null
  best_accuracy: number | null
  to_next: RankAgreement | null
}

export interface ShortCycleCut {
  pairs: number
  good: number
  floor: number | null
  judged: number
  below: number
  pays: boolean
  spared: number
}

export interface WarmSource {
  sweep: string
  usable: number
  taken: number
  left: string | null
}

export interface PriorResult {
  sweep: string
  trial: number
  configuration: Configuration
  share: number | null
  accuracy: number | null
  standing: number | null
}

export interface AnalysedData {
  accuracy: "validation" | "test"
  epochs: number | null
  trials: number
  diverged: number
  unfinished: number
  baseline_trials: number
  factors: ("max_learning_rate" | "batch_size" | "weight_decay" | "dropout" | "train_images")[]
  treatment: string
}

export interface SurfaceFit {
  trials: number
  terms: SurfaceTerm[]
  ridge: number | null
  cross_validated_error: number | null
  mean_error: number | null
  grid: SurfaceGrid | null
  summary: string
}

export interface FactorImportance {
  factor: "max_learning_rate" | "batch_size" | "weight_decay" | "dropout" | "train_images"
  share: number | null
  lower: number | null
  upper: number | null
}

export interface Interaction {
  first: "max_learning_rate" | "batch_size" | "weight_decay" | "dropout" | "train_images"
  second: "max_learning_rate" | "batch_size" | "weight_decay" | "dropout" | "train_images"
  share: number | null
  lower: number | null
  upper: number | null
}

export interface DecayAtRate {
  lowest_rate: number | null
  highest_rate: number | null
  trials: number
  weight_decay: number | null
  lower: number | null
  upper: number | null
  accuracy: number | null
  at_edge: boolean
}

export interface BatchAtEqualTime {
  batch_size: number
  configurations: number
  trials: number
  seconds: number | null
  accuracy: number | null
  lower: number | null
  upper: number | null
  max_learning_rate: number | null
  relative_speed: number | null
}

export interface DropoutEffect {
  lowest_dropout: number | null
  highest_dropout: number | null
  overall: PointsInterval
  at_low_rates: PointsInterval | null
  at_high_rates: PointsInterval | null
}

export interface TheoryCheck {
  topic: "weight_decay_falls_with_rate" | "dropout_falls_with_rate" | "large_batch_at_equal_time" | "rate_rises_with_batch" | "super_convergence"
  prediction: string
  finding: string
  agreement: "agree" | "disagree" | "undecided"
}

export interface Claim {
  baseline: "one_cycle" | "constant" | "step"
  equal_steps: number | null
  one_cycle: MeanAccuracy | null
  baseline_at_equal_steps: MeanAccuracy | null
  baseline_best: MeanAccuracy | null
  baseline_steps: number | null
  one_cycle_steps: number | null
  speed_up: SpeedUp | null
  verdict: "super_convergence" | "faster_not_significant" | "not_here" | "not_measured"
  sentence: string
}

export interface SelectionNote {
  selected_by: "validation" | "test"
  configurations: number
  winner: number
  test_accuracy: MeanAccuracy | null
  optimism_points: number | null
  warned: boolean
  sentence: string
}

export interface AnalysisGap {
  part: "surface" | "importance" | "decay" | "batch" | "dropout" | "claims" | "selection"
  needs: string
}

export interface TrialPlan {
  role: "candidate" | "momentum" | "baseline"
  epochs: number | null
  schedule: ScheduleSpec
  why: string
  rung: number | null
  parent: number | null
  enqueued: boolean
  lineage: Lineage | null
}

export interface ProgressReadings {
  steps: number[]
  accuracies: (number | null)[]
  classes: number
  images: number
}

export interface Evaluation {
  step: number
  images: "validation" | "test" | "cooldown"
  loss: number | null
  accuracy: number | null
}

export interface TrialScore {
  train_loss: number | null
  validation_loss: number | null
  validation_accuracy: number | null
  test_loss: number | null
  test_accuracy: number | null
  weights_hash: string
  validation_metrics: TrialMetrics | null
  test_metrics: TrialMetrics | null
}

export interface StopEvidence {
  rule: string
  fraction: number | null
  accuracy: number | null
  incumbent: number | null
  text: string
}

export interface RangeTestFindings {
  verdict: "possible" | "not_possible" | "inconclusive"
  evidence: string
  max_learning_rate: number | null
  min_learning_rate: number | null
  valley: number | null
  slide: number | null
  minimum: number | null
  steep: number | null
  flatness: number | null
  best_accuracy: number | null
  diverged_at: number | null
}

export interface RankAgreement {
  pairs: number
  rho: number | null
  lower_bound: number | null
  halving_on: boolean
}

export interface SurfaceTerm {
  first: "max_learning_rate" | "batch_size" | "weight_decay" | "dropout" | "train_images" | null
  second: "max_learning_rate" | "batch_size" | "weight_decay" | "dropout" | "train_images" | null
  coefficient: number | null
  lower: number | null
  upper: number | null
}

export interface SurfaceGrid {
  max_learning_rates: (number | null)[]
  weight_decays: (number | null)[]
  accuracies: (number | null)[]
  batch_size: number | null
  dropout: number | null
  zero_decay_shown_as: number | null
  contours: IsoAccuracy[]
}

export interface PointsInterval {
  points: number | null
  lower: number | null
  upper: number | null
}

export interface MeanAccuracy {
  mean: number | null
  standard_error: number | null
  replicates: number
}

export interface SpeedUp {
  ratio: number | null
  lower: number | null
  upper: number | null
}

export interface ScheduleSpec {
  type: "smith" | "fastai" | "py_torch" | "py_torch_three_phase" | "triangular" | "constant" | "step"
  peak_at: number | null
  start_div: number | null
  final_div: number | null
  cycle: number | null
  anneal: "cosine" | "linear"
  momentum_high: number | null
  momentum_low: number | null
  milestones: (number | null)[]
  factor: number | null
  cycles: number
}

export interface Lineage {
  member: number
  generation: number
  weights_from: number | null
  weights_identity: string | null
  epochs_before: number | null
  keeps_weights: boolean
}

export interface IsoAccuracy {
  accuracy: number | null
  max_learning_rates: (number | null)[]
  weight_decays: (number | null)[]
}

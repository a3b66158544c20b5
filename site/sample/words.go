package sample

import "strings"

// bank splits a list of words or, with lines, of phrases.
func bank(s string) []string { return strings.Fields(s) }

func lines(s string) []string { return strings.Split(strings.TrimSpace(s), "\n") }

// Terms of the built-in vocabulary, the common ones first.
var (
	triggers = bank(`deploy config-change traffic-surge none-found slow-drift hardware-fault dependency-failure
		schema-migration manual-command expiry version-upgrade infra-change network-fault feature-flag
		planned-maintenance automation-action provider-change input-change load-test malicious-traffic
		clock-event facility-event security-event`)
	causes = bank(`misconfiguration resource-exhaustion logic-bug overload dependency-fault error-handling-bug
		limit-reached failed-failover storage-fault deployment-error retry-amplification cascading-failure
		identity-fault concurrency-bug single-point-of-failure version-incompatibility inefficient-code
		network-partition data-format-mismatch bad-constant hardware-failure wrong-target time-fault
		metastable-state design-mismatch security-weakness unknown`)
	factors = bank(`test-gap no-alert hidden-dependency config-unvalidated staging-differs alert-threshold-wrong
		docs-stale no-progressive-rollout headroom-low no-backpressure telemetry-gap misdiagnosis knowledge-silo
		known-issue-open no-rollback-path blast-radius unsafe-default manual-step alert-noise review-gap
		large-batch-change ownership-unclear responder-access-gap weak-signal-dismissed handover-gap
		alert-misrouted release-coupling context-cue-missing time-pressure oncall-coverage`)
	detections = bank(`symptom-alert customer-report component-alert employee-report support-volume synthetic-probe
		dashboard-watch log-review provider-notice canary-gate chance anomaly-detection social-or-press audit
		exercise researcher-report`)
	gaps        = bank(`none no-monitor threshold-wrong not-seen telemetry-missing misrouted undetectable`)
	mitigations = bank(`rollback restart config-fix scale-up failover hotfix traffic-shift load-shed workaround
		isolate redeploy flag-off free-space drain-queue data-repair provider-fix stop-automation
		renew-credential restore-backup self-recovered replace-hardware restore-facility`)
	impacts = bank(`outage-partial elevated-errors outage-full slow degraded-feature delayed-processing stale-data
		data-loss duplicate-effect control-plane-only developer-productivity observability-loss redundancy-loss
		data-corruption revenue-loss near-miss data-exposure contractual-or-regulatory cost-overrun
		unauthorised-change asset-loss`)
)

// severities of the generated library, the common ones first.
var severities = bank(`sev3 sev2 sev1 sev4`)

// organizations are made up.
var organizations = lines(`
Northwind Rail
Harbor Ledger
Quillmark
Tidewater Health
Copperline
Atlas Parcel
Brightmoor Media
Fenwick Grid
Larkspur Games
Oakhelm Insurance
Pinecrest Pay
Saltbox Travel
Redfern Analytics
Umber Mobility
Vale Telecom
Windrose Maps
Yarrow Foods
Zephyr Cloud
Amber Transit
Blackthorn Bank
Cinder Streaming
Dovetail Software
Elmfield University
Foxglove Retail
Gannet Air
Hollow Creek Energy
Ivory Exchange
Juniper Stay
Kestrel Security
Lantern News
Meridian Freight
Nettle Social
Osprey Weather
Plover Messaging
Quarry Storage
Rookery Homes
Sable Motors
Thistle Tax
Ursa Observatory
Wren Learning
`)

var services = bank(`checkout ledger booking-api search gateway identity notifications billing catalog inventory
	payments-worker webhooks session-store media-pipeline scheduler metrics-ingest feature-flags edge-proxy
	mail-relay reporting geocoder fraud-scoring dispatch chat-fanout object-store config-service rate-limiter
	recommendations invoice-export audit-log mobile-backend dns-control pricing support-desk timetable quota
	image-resizer ci-runners data-warehouse telemetry-agent`)

var technologies = lines(`
PostgreSQL
Kubernetes
Redis
Kafka
nginx
Terraform
MySQL
Elasticsearch
RabbitMQ
Envoy
etcd
Linux
HAProxy
Docker
Prometheus
Cassandra
Consul
Vault
Go
Java
Python
Node.js
MongoDB
S3
Cloudflare
Istio
gRPC
Ceph
ZooKeeper
ClickHouse
Memcached
CoreDNS
Argo CD
Helm
Nomad
Ruby on Rails
PgBouncer
Patroni
BGP
IPsec
Fastly
BIND
systemd
Chef
Ansible
Airflow
Spark
DynamoDB
Lambda
OpenSearch
Keepalived
ZFS
NFS
Temporal
NATS
Varnish
GraphQL
Elixir
.NET
Windows Server
`)

var teams = bank(`platform payments infrastructure data edge identity search reliability storage mobile network delivery`)

// nouns are what sentences speak of, the common ones first.
var nouns = bank(`connection request queue replica timeout node cluster deployment cache certificate partition pool
	index shard lock transaction leader consumer backlog volume disk latency retry token session heartbeat quorum
	migration rollout checkpoint snapshot buffer thread socket router route load-balancer health-check endpoint
	scheduler worker job batch pipeline schema column table row key tombstone compaction segment offset topic
	broker subscription webhook callback payload header cookie signature keyring secret role policy permission
	namespace pod container image registry manifest chart release canary flag threshold alert dashboard metric
	trace span log line probe runbook page escalation ticket hostname resolver zone record nameserver subnet
	gateway tunnel peer prefix packet handshake cipher session-ticket mount inode descriptor file-handle swap page-cache
	allocator heap garbage-collector goroutine mutex semaphore watchdog lease election term epoch clock drift
	leap-second timer cron backfill export import dump archive restore vacuum autovacuum bloat sequence
	foreign-key constraint trigger view materialized-view statistics planner cursor prepared-statement wal
	replication-slot standby primary failover fencing split-brain witness arbiter raft-log learner follower
	autoscaler quota limit budget burst throttle breaker bulkhead fallback hedge jitter backoff storm stampede
	thundering-herd hot-key skew fan-out dead-letter poison-message duplicate idempotency-key ordering watermark
	window late-event checksum bit-flip controller firmware battery rack switch optic fiber breaker-panel chiller
	generator inverter tape robot drive-bay enclosure hypervisor live-migration noisy-neighbor steal-time
	cgroup oom-killer kernel-module sysctl conntrack ephemeral-port arp-table neighbor mtu fragment checksum-offload`)

var adjectives = bank(`stale slow full missing healthy idle wrong expired corrupt partial duplicate unbounded
	read-only orphaned saturated throttled misrouted half-open unreachable overloaded inconsistent empty remote
	regional internal secondary synchronous asynchronous ephemeral pinned drained blocked starved fenced evicted
	quarantined truncated shadowed deprecated unsigned`)

var verbs = bank(`failed stalled restarted recovered grew timed-out leaked filled rejected dropped saturated flapped
	drained diverged blocked crashed lagged doubled vanished returned looped hung`)

var regions = bank(`eu-west-1 us-east-1 fra1 ams3 ap-southeast-2 iad lhr sfo2 nrt syd`)

var errorCodes = lines(`
HTTP 503
HTTP 502
HTTP 504
HTTP 429
ECONNREFUSED
ETIMEDOUT
ENOSPC
EMFILE
ECONNRESET
SQLSTATE 53300
SQLSTATE 40P01
SQLSTATE 57P03
x509: certificate has expired
context deadline exceeded
OOMKilled
CrashLoopBackOff
NOT_LEADER_OR_FOLLOWER
UNAVAILABLE: upstream connect error
SERVFAIL
no route to host
too many open files
read-only file system
MISCONF
CLUSTERDOWN
ErrImagePull
`)

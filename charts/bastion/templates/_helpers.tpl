{{- define "bastion.name" -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "bastion.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "bastion.labels" -}}
{{ include "bastion.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* The settings file. Nothing listens outside of the pod but metrics, where they are on, and the API, where it has a port. */}}
{{- define "bastion.settings" -}}
{{- $directory := dict "directory" "/var/lib/bastion/ledger.git" -}}
{{- $settings := deepCopy .Values.settings -}}
{{- $_ := set $settings "ledger" (merge (dict) $directory $settings.ledger) -}}
{{- $_ := set $settings "http" (dict "host" (ternary "0.0.0.0" "127.0.0.1" .Values.metrics.enabled) "port" 8080) -}}
{{- toYaml $settings -}}
{{- end -}}

{{/* The name of a secret's file: the SSH client looks for known_hosts beside the key. */}}
{{- define "bastion.secretFile" -}}
{{- eq . "ledger.known_hosts" | ternary "known_hosts" . -}}
{{- end -}}

{{/* The variable of a secret's file; these two settings are paths themselves, and nothing names known_hosts. */}}
{{- define "bastion.secretVariable" -}}
{{- $isPath := has . (list "ledger.ssh_key" "signing.allowed_signers") -}}
{{- printf "BASTION_%s%s" (. | replace "." "_" | upper) (ternary "" "_FILE" $isPath) -}}
{{- end -}}

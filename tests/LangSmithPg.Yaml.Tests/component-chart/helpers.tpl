{{- define "chart.connection" -}}
- name: POSTGRES_DATABASE_URI
  valueFrom:
    secretKeyRef:
      name: {{ .Values.postgres.external.existingSecretName | default (printf "%s-postgres" .Release.Name) }}
      key: {{ .Values.postgres.external.connectionUrlSecretKey }}
{{- with @hasIam@ | ternary .Values.postgres.external.iamAuthProvider "" }}
- name: POSTGRES_IAM_AUTH_PROVIDER
  value: {{ . | quote }}
{{- end }}
{{- end -}}

{{- define "chart.environment" -}}
{{- /* An {{ end }} in a comment ends nothing. */}}
{{ include "chart.connection" . }}
{{- end }}

{{- define "chart.certificate" -}}
{{- if .Values.postgres.external.clientCert.secretName }}
- name: postgres-client-cert
  mountPath: /etc/postgres/certs
{{- end }}
{{- end }}

using LangSmithPg.Charts.Reading;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Yaml.Charts;
using LangSmithPg.Yaml.Linting;

namespace LangSmithPg.Fuzz.Targets;

/// <summary>A chart's own files: its templates, a line <c>###</c>, and its values.</summary>
sealed class ChartTemplatesTarget : FuzzTarget
{
    const string Border = "\n###\n";

    static readonly ValuesFile Values = ValuesFileReader.Read("values.yaml", "postgres:\n  external:\n    enabled: true\nbackend:\n  deployment:\n    labels: {a: b}\n");

    public override string Name => "chart-templates";

    public override IReadOnlyList<string> Words { get; } =
    [
        "{{", "}}", "{{-", "-}}", "{{/*", "*/}}", "{{ if .Values.a.enabled }}", "{{ else }}", "{{ end }}", "{{ with .Values.a }}", "{{ range .Values.a }}", "{{ define \"x\" }}", "{{ include \"x\" . }}", "and", "or", "not", "eq",
        "ne", "(", ")", ".Values.", "$.Values.", ".Values.backend.podSecurityContext", ".Values.backend.deployment", ".Values.backend.serviceAccount.create", "kind: Deployment\n", "kind: ServiceAccount\n", "metadata:\n",
        "POSTGRES_DATABASE_URI", "/etc/postgres/certs", "helm.sh/hook: pre-install\n", "serviceAccountName: {{ include \"x\"", "toYaml .Values.a | nindent 4", "\"", "`", "\\\"", "\n---\n", "\n", ": ", "  ", Border, "backend:\n",
        "  deployment: {}\n", "  serviceAccount:\n    create: true\n", "&a ", "*a", "- ", "version: 0.12.0\n",
    ];

    public override void Run(byte[] input)
    {
        var (templates, values) = InputText.Of(input).Split(Border, 2) is [var first, var second] ? (first, second) : (InputText.Of(input), "");
        IReadOnlyDictionary<string, string?> defaults;
        try
        {
            defaults = ChartYaml.ReadValues(values);
            _ = ChartYaml.ReadVersion(values);
        }
        catch (FormatException)
        {
            return;
        }

        Dictionary<string, string> files = new(StringComparer.Ordinal) { ["a.yaml"] = templates, ["_helpers.tpl"] = templates };
        _ = ChartReading.FromTemplates(files, defaults).Select(one => $"{one}").ToList();
        _ = ChartReading.FromValues(defaults).Select(one => $"{one}").ToList();
        _ = ValuesLint.Evaluate([Values], LintChart.From(version: null, files, defaults));
    }
}

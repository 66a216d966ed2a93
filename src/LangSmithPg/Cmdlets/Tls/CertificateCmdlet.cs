using System.ComponentModel;
using System.Management.Automation;
using LangSmithPg.Common;
using LangSmithPg.Errors;
using LangSmithPg.Tls;

namespace LangSmithPg.Cmdlets.Tls;

/// <summary>A cmdlet that creates a Secret from certificates.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CertificateCmdlet : LangSmithCmdlet
{
    /// <summary>Namespace of the Secret; by default, the current namespace of kubectl.</summary>
    [Parameter]
    public string? Namespace { get; set; }

    /// <summary>How long before the end of a certificate to warn, in days.</summary>
    [Parameter]
    [ValidateRange(0, 3650)]
    public int ExpiryWarningDays { get; set; } = 30;

    private protected TimeSpan ExpiryWarning => TimeSpan.FromDays(ExpiryWarningDays);

    // Writes warnings and errors; returns whether there were no errors.
    private protected bool Report(IEnumerable<CertificateProblem> problems)
    {
        var isGood = true;
        foreach (var problem in problems)
        {
            if (problem.Severity == DiagnosticSeverity.Warning)
            {
                WriteWarning(problem.ToString());
            }
            else
            {
                WriteError(problem.ToErrorRecord());
                isGood = false;
            }
        }

        return isGood;
    }

    // What cannot be read is an error record, and null here.
    private protected T? Read<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (CertificateException exception)
        {
            WriteError(exception.Problem.ToErrorRecord());
            return null;
        }
    }
}

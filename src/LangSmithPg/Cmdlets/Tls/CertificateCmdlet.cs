using System.ComponentModel;
using System.Management.Automation;
using LangSmithPg.Common;
using LangSmithPg.Errors;
using LangSmithPg.Tls;

namespace LangSmithPg.Cmdlets.Tls;

/// <summary>A cmdlet that makes a Secret of certificates.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CertificateCmdlet : LangSmithCmdlet
{
    /// <summary>Namespace of the Secret; without it, kubectl takes the one it is set to.</summary>
    [Parameter]
    public string? Namespace { get; set; }

    /// <summary>How long before the end of a certificate to warn, in days.</summary>
    [Parameter]
    [ValidateRange(0, 3650)]
    public int ExpiryWarningDays { get; set; } = 30;

    private protected TimeSpan ExpiryWarning => TimeSpan.FromDays(ExpiryWarningDays);

    // Warnings are told, errors are error records; whether there was none of these.
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

using System.Globalization;
using LangSmithPg.Clouds;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Servers;

namespace LangSmithPg.Readiness.Rules;

/// <summary>
/// Whether the server is as large as LangSmith recommends. SQL cannot tell: the admin states it, the cloud's description does, or memory is
/// estimated from what each cloud derives from it. Everything else is Unknown.
/// </summary>
sealed class SizeRule : IReadinessRule
{
    const long Gibibyte = 1L << 30;

    // What indicates at least that much on a server of unknown size.
    const long ManyBuffers = 8 * Gibibyte;

    // The system keeps some of an instance's memory: "8 GB" shows as a little less.
    const double Tolerance = 0.9;

    // Size of a page of shared_buffers, in bytes.
    const long Page = 8192;

    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        // The smaller databases have no documented size, and often share the server of LangSmith's own.
        if (input.Requirements is { MinimumVCpus: { } cpus, MinimumMemory: { } memory })
        {
            yield return EvaluateVCpus(input, cpus);
            yield return EvaluateMemory(input, memory);
        }
    }

    static Finding EvaluateVCpus(ReadinessInput input, int minimum) =>
        input.Size.VCpus is { } stated ? Sized(input, "Server.VCpu", stated >= minimum, $"The server has {VCpus(stated)}, as specified.")
        : input.Connection.Server is { Size.VCpus: { } count, InstanceType: { } type }
        ? Sized(input, "Server.VCpu", count >= minimum, $"The server has {VCpus(count)}.") with { Evidence = type }
        : input.Finding("Server.VCpu", FindingStatus.Unknown, $"The number of vCPUs cannot be determined with SQL; LangSmith recommends {minimum} or more.") with
        {
            Why = Why(input),
            Fix = "Specify it with -VCpu.",
        };

    static Finding EvaluateMemory(ReadinessInput input, long minimum)
    {
        if (input.Size.MemoryBytes is { } stated)
        {
            return Sized(input, "Server.Memory", stated >= minimum, $"The server has {Text(stated)} of memory, as specified.");
        }

        if (input.Connection.Server is { Size.MemoryBytes: { } described, InstanceType: { } type })
        {
            return Sized(input, "Server.Memory", described >= minimum, $"The server has {Text(described)} of memory.") with { Evidence = type };
        }

        var (estimate, basis) = Estimate(input.Facts);
        return estimate is { } bytes
            ? Sized(input, "Server.Memory", bytes >= minimum * Tolerance, $"The server has about {Text(bytes)} of memory.") with { Evidence = basis }
            : input.Finding("Server.Memory", FindingStatus.Unknown, $"The memory size cannot be determined with SQL; LangSmith recommends {Text(minimum)} or more.") with
            {
                Evidence = basis,
                Why = Why(input),
                Fix = $"Specify it with -MinimumMemory, for example -MinimumMemory {minimum / Gibibyte}GB.",
            };
    }

    static (long? Bytes, string? Basis) Estimate(ServerFacts facts)
    {
        if (!long.TryParse(facts.Setting("shared_buffers"), CultureInfo.InvariantCulture, out var pages))
        {
            return (null, null);
        }

        var buffers = pages * Page;
        return facts.Provider switch
        {
            // shared_buffers = {DBInstanceClassMemory/32768} pages: a quarter.
            ServerProvider.AmazonRds => (buffers * 4, $"shared_buffers is {Text(buffers)}, by default a quarter of the memory on Amazon RDS"),
            // Aurora has no page cache of the system beside it: three quarters.
            ServerProvider.AmazonAurora => (buffers * 4 / 3, $"shared_buffers is {Text(buffers)}, by default three quarters of the memory on Amazon Aurora"),
            ServerProvider.GoogleCloudSql => (buffers * 3, $"shared_buffers is {Text(buffers)}, by default a third of the memory on Cloud SQL"),
            ServerProvider.Azure => (buffers * 4, $"shared_buffers is {Text(buffers)}, by default a quarter of the memory on Azure"),
            // Whatever the rest: so much memory is there at least.
            _ when buffers >= ManyBuffers => (buffers, $"shared_buffers alone is {Text(buffers)}"),
            _ => (null, $"shared_buffers is {Text(buffers)}, which does not indicate the memory size on a self-managed server"),
        };
    }

    static Finding Sized(ReadinessInput input, string id, bool enough, string message) =>
        input.Finding(id, enough ? FindingStatus.Pass : FindingStatus.Warning, message) with
        {
            Why = Why(input),
            Fix = enough ? null : $"Use an instance with at least {Needed(input)}.",
        };

    static string Why(ReadinessInput input) => $"LangSmith recommends at least {Needed(input)}; the actual requirement depends on the load.";

    static string Needed(ReadinessInput input) => $"{input.Requirements.MinimumVCpus} vCPUs and {Text(input.Requirements.MinimumMemory!.Value)}";

    static string VCpus(int count) => $"{count} {(count == 1 ? "vCPU" : "vCPUs")}";

    static string Text(long bytes) => bytes >= Gibibyte
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)Gibibyte:0.#} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 20)} MB");
}

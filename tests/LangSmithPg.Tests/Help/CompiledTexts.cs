using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Help;

/// <summary>What is written in the module's own assemblies.</summary>
static class CompiledTexts
{
    /// <summary>The texts of an assembly's code.</summary>
    public static IReadOnlySet<string> Of(string assembly)
    {
        using var file = Open(assembly);
        var metadata = file.GetMetadataReader();
        HashSet<string> texts = new(StringComparer.Ordinal);
        for (var handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle))
        {
            texts.Add(metadata.GetUserString(handle));
        }

        return texts;
    }

    /// <summary>The names of an assembly's fields, the members of its enumerations among them.</summary>
    public static IReadOnlySet<string> FieldsOf(string assembly)
    {
        using var file = Open(assembly);
        var metadata = file.GetMetadataReader();
        return metadata.FieldDefinitions.Select(handle => metadata.GetString(metadata.GetFieldDefinition(handle).Name)).ToHashSet(StringComparer.Ordinal);
    }

    static PEReader Open(string assembly) => new(File.OpenRead(Path.Join(Path.GetDirectoryName(BuildPaths.ModuleManifest), $"{assembly}.dll")));
}

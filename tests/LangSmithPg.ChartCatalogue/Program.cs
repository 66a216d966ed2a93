using System.Reflection;
using LangSmithPg.CatalogueTool;
using YamlDotNet.Core;

const string Usage = """
    dotnet run --project tests/LangSmithPg.ChartCatalogue -- SOURCE [--write]

    Compares the catalog of the chart, and the lists of its keys, defaults and variables, with the charts themselves. The exit code is 1 if something differs.
    SOURCE   a clone of https://github.com/langchain-ai/helm with its tags, or a folder with one unpacked chart in each subfolder
    --write  writes the files
    """;
var data = typeof(CatalogueRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(one => one.Key == "Data").Value!;
var isToBeWritten = args is [_, "--write"];
if ((args.Length != 1 && !isToBeWritten) || !Directory.Exists(args[0]))
{
    Console.Error.WriteLine(Usage);
    return 2;
}

var run = new CatalogueRun(data, Console.Out);
try
{
    if (!isToBeWritten)
    {
        return run.Compare(args[0]) ? 0 : 1;
    }

    run.Write(args[0]);
    return 0;
}
catch (Exception exception) when (exception is InvalidDataException or FormatException or IOException or YamlException)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

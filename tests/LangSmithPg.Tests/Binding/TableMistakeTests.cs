using System.Management.Automation;
using System.Text;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Binding;

/// <summary>Mistakes in CSV files and in the way they are read.</summary>
public sealed class TableMistakeTests : IDisposable
{
    readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    public static TheoryData<string> Commands => ["New-LangSmithPgConnectionString", "Test-LangSmithPgConnection", "New-LangSmithPgSecret"];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Another_delimiter_is_one_error(string command)
    {
        Write("host;port;database;username;password\nh;5432;d;u;N33dle\n");
        Mistake.IsTold(_session, $"$rows | {command}", "WrongDelimiter", "only one column", "-Delimiter ';'");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Columns_of_other_names_are_one_error_of_the_row(string command)
    {
        Write("Rechner,Hafen,Datenbank,Passwort\nh,5432,d,N33dle\n");
        Mistake.IsTold(_session, $"$rows | {command}", "PartsMissing", "Row 1: HostName and UserName are missing or empty", "HostName, Port, Database, UserName and Password");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Another_encoding_is_one_error_of_the_row(string command)
    {
        Write("HostName,Database,UserName,Password\nh,d,u,N33dle\u00E4\n", Encoding.Latin1);
        Mistake.IsTold(_session, $"$rows | {command}", "DamagedText", "Row 1: the value of Password contains a replacement character", "-Encoding ansi");
    }

    [Theory]
    [InlineData("HostName,Port,Database,UserName,SslMode\nh,54x2,d,u,require", "Row 1: the value of Port is not a whole number", "Specify a whole number")]
    [InlineData("HostName,Port,Database,UserName,SslMode\nh,5432,d,u,required", "Row 1: the value of SslMode is not one of", "Did you mean Require?")]
    [InlineData("HostName,Port,Database,UserName,IamAuthProvider\nh,5432,d,u,Amazon", "Row 1: the value of IamAuthProvider is not one of", "Did you mean Aws?")]
    public void A_cell_that_cannot_be_read_is_one_error_of_the_row(string table, string message, string advice)
    {
        Write(table);
        Mistake.IsTold(_session, "$rows | New-LangSmithPgConnectionString", "InvalidValue", message, advice);
        Mistake.IsTold(_session, "$rows | Test-LangSmithPgConnection", "InvalidValue", message, advice);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_lines_of_the_file_are_one_error(string command)
    {
        Write("HostName,Database,UserName,Password\nh,d,u,N33dle\ni,d,u,N33dle@\n");
        Mistake.IsTold(_session, $"$lines | {command}", "TextOfTable", "the first line of a CSV file", "Import-Csv");
    }

    [Fact]
    public void A_byte_order_mark_is_not_a_mistake()
    {
        Write("\uFEFFHostName,Database,UserName\nh,d,u\n");
        Assert.Equal("u@h:5432/d?sslmode=require", _session.Run("($rows | New-LangSmithPgConnectionString).ToPlainText()").Single.BaseObject);
    }

    // What Get-Content and Import-Csv, which this session does not have, make of a file.
    void Write(string text, Encoding? encoding = null)
    {
        using var reader = new StreamReader(new MemoryStream((encoding ?? Encoding.UTF8).GetBytes(text)), Encoding.UTF8);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _session.Set("lines", lines);
        _session.Set("rows", lines.Skip(1).Select(line => Row(lines[0].Split(','), line.Split(','))).ToArray());
    }

    static PSObject Row(string[] columns, string[] cells)
    {
        var row = new PSObject();
        foreach (var (column, cell) in columns.Zip(cells))
        {
            row.Properties.Add(new PSNoteProperty(column, cell));
        }

        return row;
    }
}

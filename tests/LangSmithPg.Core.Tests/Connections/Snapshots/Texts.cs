namespace LangSmithPg.Core.Tests.Connections.Snapshots;

/// <summary>Connection strings as people write, copy and break them.</summary>
static class Texts
{
    public static IReadOnlyList<(string Title, string[] Texts)> All { get; } =
    [
        ("Forms and schemes",
        [
            "", " \r\n\t", "u", "u@h", "u@h/", "u:p@h/d", "u:p@h:6432/d", "postgresql://u:p@h/d", "postgres://u:p@h/d", "POSTGRESQL://u:p@h/d",
            "mysql://u:p@h/d", "postgresql+asyncpg://u:p@h/d", "jdbc:postgresql://h/d", "x1+y://u:p@h/d", "1x://u:p@h/d", "://u:p@h/d", "p_q://u:p@h/d", "u:p://@h/d",
            "  u:p@h/d", "u:p@h/d \n", "\uFEFFu:p@h/d", "\uFEFF \uFEFFu:p@h/d", "u:p@h/d\uFEFF",
        ]),
        ("Users and passwords",
        [
            "@h/d", ":p@h/d", "u:@h/d", "u::@h/d", "u:p:q@h/d", "u@x:p@h/d", "u:p@q@h/d", "u:p@@h/d", "u:p@q@r@h/d", "u:p/q@h/d", "u:12/q@h/d", "u:p?q@h/d", "u:p#q@h/d",
            "u:p@h/d@e", "u@h/d?x=@", "u:p@h:1/d?application_name=a@b", "h:1x/d@e", "h/d@e", "u:p@h#f/d@e", "u:p@h?x=1@y", "h/d?x=1@y", "h:1/d?x=1@y", "h:1x/d?x=1@y", ":1/d?x=1@y", "h:/d?x=1@y", "u:p@h/d#f", "u:p@h/d?x=1#f",
            "u:p%@h/d", "u:p%4@h/d", "u:p%4g@h/d", "u:%41@h/d", "u:%e2%82%ac@h/d", "u:%E2%82@h/d", "u:%C0%80@h/d", "u:%00@h/d", "%00:p@h/d", "u:p@h/%00", "u:\uD800@h/d", "u:\0@h/d",
            "u:é@h/d", "u:p q@h/d", "u: p@h/d", "u:p%0A@h/d", "u:p%09@h/d", "ü:p@h/d", "u:a`b{c}@h/d", "u:p[q]@h/d", "u:{your_password}@h/d", "u:[YOUR-PASSWORD]@h/d", "u:%3CPASSWORD%3E@h/d",
        ]),
        ("Hosts and ports",
        [
            "u:p@/d", "u:p@:5432/d", "u:p@h:/d", "u:p@h:0/d", "u:p@h:1/d", "u:p@h:65535/d", "u:p@h:65536/d", "u:p@h:+1/d", "u:p@h:1a/d", "u:p@h:٣/d", "u:p@h:99999999999/d",
            "u:p@h1,h2/d", "u:p@h1:1,h2:2/d", "u:p@h1:1,h2/d", "u:p@h1,,h2/d", "u:p@h1,/d", "u:p@,h2/d",
            "u:p@[::1]/d", "u:p@[::1]:1/d", "u:p@[::1]x/d", "u:p@[::1/d", "u:p@::1]/d", "u:p@::1/d", "u:p@[::1],[::2]:2/d", "u:p@[]/d", "u:p@[1.2.3.4]/d", "u:p@[h]/d", "u:p@[/d", "u:p@h]/d",
            "u:p@[fe80::1%25eth0]/d", "u:p@[fe80::1%25]/d", "u:p@[fe80::1%25e!h]/d", "u:p@[%25eth0]/d", "u:p@1.2.3.4/d", "u:p@a%3Ab/d", "u:p@%3A%3A1/d", "u:p@h%2Fx/d", "u:p@%2Frun/d", "u:p@%40abstract/d",
            "u:p@h!/d", "u:p@h h/d", "u:p@höst/d", "u:p@my_host-1.example.com./d", $"u:p@{new string('h', 253)}/d", $"u:p@{new string('h', 254)}/d",
        ]),
        ("Databases and parameters",
        [
            "u:p@h", "u:p@h?dbname=e", "u:p@h/d?dbname=e", "u:p@h/d/e", "u:p@h/d e", "u:p@h/d%20e", "u:p@h/?sslmode=require", "u:p@h/d?", "u:p@h/d?&", "u:p@h/d?sslmode", "u:p@h/d?=x", "u:p@h/d?sslmode=",
            "u:p@h/d?sslmode=require", "u:p@h/d?sslmode=Require", "u:p@h/d?sslmode=on", "u:p@h/d?SSLMODE=require", "u:p@h/d?sslmode=require&sslmode=prefer", "u:p@h/d?ssl=true", "u:p@h/d?ssl=false", "u:p@h/d?sslmode=prefer&ssl=true",
            "u:p@h/d?user=v", "u:p@h/d?password=q", "u@h/d?password=q", "u:p@h/d?host=i", "u:p@h/d?port=1", "u:p@h/d?port=1,2", "u:p@h/d?host=a,b&port=1,2", "u:p@h/d?host=a, b", "u:p@h/d?lock_timeout=5", "u:p@h/d?lock_timeout=5&lock_timeout=6",
            $"u:p@h/d?{new string('n', 40)}=1", $"u:p@h/d?{new string('n', 41)}=1", "u:p@h/d?a+b=1", "u:p@h/d?application_name=a+b", "u:p@h/d?application_name=a%2Bb", "u:p@h/d?application_name=a b", "u:p@h/d?application_name=a=b",
            "u:p@h/d?options=-c%20search_path%3Dapp", "u:p@h/d?%00=1", "u:p@h/d?x=%00", "u:p@h/d?sslrootcert=system", "u:p@h/d?sslmode=verify-full&sslrootcert=system", "u:p@h/d?sslmode=verify-ca&sslrootcert=system", "u:p@h/d?sslmode=verify-ca&sslrootcert=/ca.pem",
            "u:p@h/d?connect_timeout=5&&keepalives=1", "u:p@h/d?target_session_attrs=any",
        ]),
        ("Keywords and values",
        [
            "host=h", "host=h dbname=d user=u password=p", "host = h  dbname= d user =u password='p q'", "host=h dbname=d user=u password='it\\'s'", "host=h dbname=d user=u password=p\\ q", "host=h dbname=d user=u password='p", "host=h dbname=d user=u password=",
            "host=h dbname=d user=u port=1", "host=h dbname=d user=u port=x", "host=a,b dbname=d user=u port=1,2,3", "host=h dbname=d user=u x", "host=h dbname=d user=u =x", "host=h dbname=d user=u a b=c", "host=h dbname=d user=u nonsense=1", "host=h host=i dbname=d user=u",
            "host=h\ndbname=d\tuser=u", "host='h' dbname='' user=u", "user=u password='a;Host=b' host=h dbname=d", "password=b;c host=h user=u dbname=d", "sslmode=require host=h dbname=d user=u password=p", "host=/run dbname=d user=u", "hostaddr=1.2.3.4 host=h dbname=d user=u",
        ]),
        ("ADO.NET",
        [
            "Host=h;Database=d;Username=u;Password=p", "Server=h;Port=1;Database=d;User Id=u;Password=p;Ssl Mode=Require", "host=h;database=d;username=u", "Host=h;Database=d;Username=u;Password=\"p;q\"", "Host=h;Database=d;Username=u;Password=\"p\"\"q\"", "Host=h;Database=d;Username=u;Password='p;q'",
            "Host=h;Database=d;Username=u;Password=\"p", "Host=h;Database=d;Username=u;Password=\"p\"x", "Host=h;Database=d;Username=u;Pass==word=p", "Host=h;Database=d;Username=u;x", "Host=h;;Database=d;Username=u;", "Host=h;Database=d;Username=u;Password=p;Password=q", "Host=h;Database=d;Username=u;Pooling=false",
            "Host=h;Database=d;Username=u;Nonsense=1", "Host=h;Database=d;Username=u;Search Path=app", "Host=h;Database=d;Username=u;Search Path=", $"Host=h;Database=d;Username=u;Search Path={new string('s', 63)}", $"Host=h;Database=d;Username=u;Search Path={new string('s', 64)}", "Host=h;Database=d;Username=u;Search Path=a\0b",
            "Host=h;Database=d;Username=u;SSL Mode=VerifyFull;Root Certificate=/ca.pem", "Host=h;Database=d;Username=u;SSL Mode=Sometimes", "Host=h;Database=d;Username=u;Password={your_password}", "Host=h:6432;Database=d;Username=u", "Host=a,b:2;Database=d;Username=u", "Host=a, b:2;Port=3;Database=d;Username=u", "Port=3;Host=[::1]:2;Database=d;Username=u", "Host=::1;Database=d;Username=u", "Host=[::1];Port=2;Database=d;Username=u", "Host=h:x;Database=d;Username=u", "Host=h:;Database=d;Username=u", "Password=p;Host=h;Database=d;Username=u",
            "User ID=u;Host=h;Database=d;Password=p", "Data Source=h;Initial Catalog=d;UID=u;PWD=p", "Host=h;Database=d;Username=u;Password= p ",
        ]),
        ("Long ones", [$"u:{new string('p', 65_528)}@h/d", $"u:{new string('p', 65_530)}@h/d", $"{new string('k', 40)}=v", $"{new string('k', 41)}=v"]),
    ];
}

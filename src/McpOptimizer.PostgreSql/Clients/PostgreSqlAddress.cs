using System.Data.Common;
using Npgsql;

namespace McpOptimizer.PostgreSql.Clients;

/// <summary>Where the database is and who asks. Shown without its password.</summary>
/// <param name="Text">What Npgsql is given.</param>
/// <param name="Shown">The same for people.</param>
internal sealed record PostgreSqlAddress(string Text, string Shown)
{
    private const int Seconds = 5;
    private const int CommandSeconds = 30;
    private const int MostConnections = 20;

    // What libpq calls them, and Npgsql.
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["options"] = "Options",
        ["search_path"] = "Search Path",
        ["host"] = "Host",
        ["port"] = "Port",
        ["user"] = "Username",
        ["passfile"] = "Passfile",
        ["target_session_attrs"] = "Target Session Attributes",
        ["pool_size"] = "Maximum Pool Size",
    };

    /// <summary>Reads a connection string or an address.</summary>
    /// <exception cref="ArgumentException">It is neither; the message holds nothing of what may be a password.</exception>
    public static PostgreSqlAddress Read(string connectionString, string replica)
    {
        NpgsqlConnectionStringBuilder builder = connectionString.Contains("://", StringComparison.Ordinal) ? ReadUrl(connectionString) : ReadKeywords(connectionString);
        if (string.IsNullOrEmpty(builder.Host))
        {
            throw new ArgumentException("The PostgreSQL connection string names no host. Give Host=NAME;Database=NAME;Username=NAME or postgres://USER@HOST/DATABASE.");
        }

        // Only what the settings leave open.
        SetDefault(builder, "Timeout", Seconds);
        SetDefault(builder, "Command Timeout", CommandSeconds);
        SetDefault(builder, "Maximum Pool Size", MostConnections);
        SetDefault(builder, "Max Auto Prepare", 40);
        SetDefault(builder, "Keepalive", 10);
        SetDefault(builder, "Application Name", "mcp-optimizer/" + replica);
        if (builder.Host.Contains(',', StringComparison.Ordinal))
        {
            // A primary and its standbys: whichever takes writes.
            SetDefault(builder, "Target Session Attributes", "read-write");
            SetDefault(builder, "Host Recheck Seconds", 1);
        }

        // Npgsql would say what a statement held.
        builder.IncludeErrorDetail = false;
        builder.PersistSecurityInfo = false;
        string host = builder.Host.Contains(',', StringComparison.Ordinal) || builder.Host.StartsWith('/') ? builder.Host : $"{builder.Host}:{builder.Port}";
        return new PostgreSqlAddress(builder.ConnectionString, $"{host}/{builder.Database ?? builder.Username}");
    }

    /// <inheritdoc/>
    public override string ToString() => Shown;

    private static NpgsqlConnectionStringBuilder ReadKeywords(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // Its message may repeat a part of the string, as after a semicolon in a password.
            throw new ArgumentException("The PostgreSQL connection string cannot be read: each part is KEYWORD=VALUE, parts are separated by semicolons, and a value with a semicolon stands in quotation marks. Or give postgres://USER@HOST/DATABASE.");
        }
    }

    private static NpgsqlConnectionStringBuilder ReadUrl(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("postgres" or "postgresql"))
        {
            throw new ArgumentException(
                "The PostgreSQL address cannot be read: expected postgres://USER:PASSWORD@HOST:PORT/DATABASE, where characters like @ : / in user and password are written as %40 %3A %2F.");
        }

        NpgsqlConnectionStringBuilder builder = [];
        string[] user = address.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        if (address.Host.Length > 0)
        {
            builder.Host = address.Host.Trim('[', ']');
        }

        if (address.Port > 0)
        {
            builder.Port = address.Port;
        }

        if (address.AbsolutePath.Trim('/') is { Length: > 0 } database)
        {
            builder.Database = Uri.UnescapeDataString(database);
        }

        foreach (string pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            Set(builder, Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        }

        return builder;
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string name, string value)
    {
        if (name.Equals("password", StringComparison.OrdinalIgnoreCase))
        {
            builder.Password = value;
            return;
        }

        if (!Parameters.TryGetValue(name, out string? keyword))
        {
            throw new ArgumentException($"The PostgreSQL address has the parameter '{VisibleText.Shorten(name)}'; known are {string.Join(", ", Parameters.Keys)}.{NearestName.Hint(name, Parameters.Keys)}");
        }

        try
        {
            builder[keyword] = keyword == "SSL Mode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw new ArgumentException($"The parameter '{name}' of the PostgreSQL address is '{VisibleText.Shorten(value)}', which it cannot be.");
        }
    }

    private static void SetDefault(NpgsqlConnectionStringBuilder builder, string keyword, object value)
    {
        // The builder itself says of every keyword that it has it.
        if (!new DbConnectionStringBuilder { ConnectionString = builder.ConnectionString }.ContainsKey(keyword))
        {
            builder[keyword] = value;
        }
    }
}

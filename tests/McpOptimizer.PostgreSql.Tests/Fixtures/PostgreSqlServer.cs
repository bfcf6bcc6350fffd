using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace McpOptimizer.PostgreSql.Tests.Fixtures;

/// <summary>
/// A PostgreSQL server of the test's own: Debian's program on a free port and a temporary folder, as an ordinary user, without waiting for the disk. It ends with
/// the process that started it, however that ends: it hangs on a pipe.
/// </summary>
public sealed class PostgreSqlServer : IDisposable
{
    private const string Account = "postgres";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<string?> Programs = new(FindPrograms);
    private static readonly Lazy<PostgreSqlServer> Common = new(() => Start());

    private readonly string _folder;
    private readonly string _settings;
    private Process? _process;

    private PostgreSqlServer(string folder, int port, string settings)
    {
        _folder = folder;
        _settings = settings;
        Port = port;
    }

    /// <summary>Whether the programs are here.</summary>
    public static bool IsInstalled => Programs.Value is not null;

    /// <summary>One server for a whole test project.</summary>
    public static PostgreSqlServer Shared => Common.Value;

    /// <summary>Where its programs are, such as <c>pg_dump</c>.</summary>
    public static string ProgramFolder => Programs.Value ?? throw new InvalidOperationException("PostgreSQL is not installed.");

    public int Port { get; }

    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username={Account};Database={Account}";

    public string Url => $"postgres://{Account}@127.0.0.1:{Port}/{Account}";

    /// <summary>Makes a data folder and starts a server in it.</summary>
    /// <param name="settings">Further settings, as <c>-c name=value</c>.</param>
    public static PostgreSqlServer Start(string settings = "")
    {
        string folder = Directory.CreateTempSubdirectory("pgtest").FullName;
        Run("chmod", "0777", folder);
        string data = Path.Combine(folder, "data");
        RunAsAccount(Path.Combine(ProgramFolder, "initdb"), "-D", data, "-U", Account, "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8");
        PostgreSqlServer server = new(folder, FreePort(), settings);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        server.Resume();
        return server;
    }

    /// <summary>Starts a standby that follows another server.</summary>
    public static PostgreSqlServer StartStandbyOf(PostgreSqlServer primary)
    {
        string folder = Directory.CreateTempSubdirectory("pgtest").FullName;
        Run("chmod", "0777", folder);
        RunAsAccount(
            Path.Combine(ProgramFolder, "pg_basebackup"), "-h", "127.0.0.1", "-p", primary.Port.ToString(CultureInfo.InvariantCulture), "-U", Account, "-D", Path.Combine(folder, "data"),
            "-R", "-X", "stream", "--no-sync", "--checkpoint=fast");
        PostgreSqlServer server = new(folder, FreePort(), "");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        server.Resume();
        return server;
    }

    /// <summary>Starts the server again on its folder and port.</summary>
    public void Resume()
    {
        if (_process is not null)
        {
            return;
        }

        // The shell waits for the end of its input: when this process is gone, so is the server.
        string arguments = $"-D {_folder}/data -p {Port} -k {_folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=400 -c shared_buffers=64MB -c logging_collector=off {_settings}";
        ProcessStartInfo start = AsAccount("/bin/sh", "-c", $"'{ProgramFolder}/postgres' {arguments} </dev/null >>{_folder}/log 2>&1 & server=$!; cat >/dev/null; kill -QUIT $server 2>/dev/null; wait $server");
        start.RedirectStandardInput = true;
        _process = Process.Start(start)!;
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                Execute("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (watch.Elapsed < Patience)
            {
                Thread.Sleep(50);
            }
        }
    }

    /// <summary>Ends the server at once, as a crash does: connections break, and what was not committed is gone.</summary>
    public void Stop()
    {
        if (_process is null)
        {
            return;
        }

        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>Runs a statement on a connection of its own.</summary>
    public void Execute(string sql)
    {
        using NpgsqlConnection connection = Open();
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row.</summary>
    public object? Scalar(string sql)
    {
        using NpgsqlConnection connection = Open();
        using NpgsqlCommand command = new(sql, connection);
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        Stop();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>A program that runs as an ordinary user: the server refuses to run as root.</summary>
    public static void RunAsAccount(string program, params string[] arguments) => Run(AsAccount(program, arguments));

    private static void Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(arguments, start.ArgumentList.Add);
        Run(start);
    }

    private static void Run(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{start.FileName} failed with {process.ExitCode}: {error}{output.Result}");
        }
    }

    private static ProcessStartInfo AsAccount(string program, params string[] arguments)
    {
        bool isRoot = Environment.UserName == "root";
        ProcessStartInfo start = new(isRoot ? "runuser" : program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        if (isRoot)
        {
            Array.ForEach(["-u", Account, "--", program], start.ArgumentList.Add);
        }

        Array.ForEach(arguments, start.ArgumentList.Add);
        return start;
    }

    private static string? FindPrograms() => !Directory.Exists("/usr/lib/postgresql") ? null
        : Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")))
            .OrderByDescending(folder => folder, StringComparer.Ordinal).FirstOrDefault();

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private NpgsqlConnection Open()
    {
        NpgsqlConnection connection = new(ConnectionString + ";Pooling=false;Timeout=5");
        connection.Open();
        return connection;
    }
}

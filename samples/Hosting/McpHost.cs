using Hosting.Configuration;
using Hosting.Http;
using Hosting.Logging;
using Hosting.Security;
using Hosting.Stdio;
using Hosting.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace Hosting;

/// <summary>Runs an MCP server over HTTP or stdio. What the server offers is the caller's; how it is reached, guarded and stopped is here.</summary>
public static partial class McpHost
{
    private static readonly TimeSpan StartGrace = TimeSpan.FromSeconds(1);

    /// <summary>Runs until stopped. A fault of the configuration, or a port in use, is one sentence on standard error.</summary>
    /// <param name="options">The host's defaults; configuration section <c>Host</c> is read over them.</param>
    /// <param name="args">The command line: <c>--stdio</c>, <c>--urls ADDRESS</c>, and any <c>--Section:Key value</c>.</param>
    /// <param name="configure">Registers services and calls <c>builder.Services.AddMcpServer().WithTools(...)</c>.</param>
    /// <param name="map">Maps further routes; not called in stdio mode.</param>
    /// <param name="cancellationToken">Stops the host like a signal does: running calls may finish.</param>
    /// <returns>
    /// 0 after an orderly stop, 1 when the host could not start, 2 when the configuration is at fault, 4 when an address is in use,
    /// 128 and the signal's number when a signal came before the host had started.
    /// </returns>
    public static async Task<int> RunAsync(
        McpHostOptions options,
        string[] args,
        Action<IHostApplicationBuilder> configure,
        Action<WebApplication>? map = null,
        CancellationToken cancellationToken = default)
    {
        using StopSignals signals = new();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, signals.Asked);
        try
        {
            await ServeAsync(Build(options, args, configure, map), stop.Token);
            return 0;
        }
        catch (OperationCanceledException) when (signals.ExitCode is not null)
        {
            return signals.ExitCode.Value;
        }
        catch (Exception exception) when (StartFault.Explain(exception) is not null)
        {
            StartFault fault = StartFault.Explain(exception)!;
            await Console.Error.WriteLineAsync(VisibleText.Escape(fault.Sentence, keepLines: true));
            return fault.ExitCode;
        }
    }

    /// <summary>The same host, built but not started; a <see cref="WebApplication"/> unless the options ask for stdio.</summary>
    /// <exception cref="McpHostConfigurationException">The options are at fault; the message names every fault.</exception>
    public static IHost Build(McpHostOptions options, string[] args, Action<IHostApplicationBuilder> configure, Action<WebApplication>? map = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(configure);

        string[] settings = CommandLine.Expand(args);
        if (options.Stdio || args.Contains("--stdio"))
        {
            // Its client starts it anew; a watcher would cost each start.
            settings = [.. settings, "--hostBuilder:reloadConfigOnChange=false"];
        }

        // The settings file is the one beside the program: a host started by a client must not read one from whatever folder it was started in.
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        OptionsBinding.Bind(options, builder.Configuration.GetSection(OptionsBinding.SectionName));
        OptionsValidation.Validate(options);
        if (options.Stdio)
        {
            return StdioHost.Build(builder, options, configure);
        }

        ((IDisposable)builder.Configuration).Dispose();
        return HttpHost.Build(settings, options, configure, map);
    }

    private static async Task ServeAsync(IHost host, CancellationToken stop)
    {
        await RequireFreePortsAsync(host);
        ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(McpHost));
        if (OpenFiles.Limit < OpenFiles.Comfortable)
        {
            LogFewFiles(logger, OpenFiles.Limit);
        }

        if (host.Services.GetService<HostCredentials>()?.SecretFault is { } fault)
        {
            LogNoSecret(logger, fault);
        }

        await StartAsync(host, stop);
        Task served = ServeStartedAsync(host, stop);

        // A client that closed its end is gone: whatever still holds this process up has had its time.
        Task? expired = host.Services.GetService<StdioService>()?.Expired;
        await (expired is null ? served : await Task.WhenAny(served, expired));
    }

    private static async Task RequireFreePortsAsync(IHost host)
    {
        try
        {
            if (host is WebApplication)
            {
                FreePorts.Require(host.Services.GetRequiredService<McpHostOptions>().Urls);
            }
        }
        catch (AddressTakenException)
        {
            await DisposeAsync(host);
            throw;
        }
    }

    /// <exception cref="OperationCanceledException">The host was stopped before it had started.</exception>
    private static async Task StartAsync(IHost host, CancellationToken stop)
    {
        Task starting = Task.Run(() => host.StartAsync(stop), CancellationToken.None);
        await starting.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAny(starting, Task.Delay(StartGrace, CancellationToken.None));
        if (!starting.IsCompleted)
        {
            // Something holds the start up and hears nothing: the process ends around it.
            throw new OperationCanceledException(stop);
        }

        try
        {
            await starting;
        }
        catch
        {
            await DisposeAsync(host);
            throw;
        }
    }

    private static async Task ServeStartedAsync(IHost host, CancellationToken stop)
    {
        try
        {
            await host.WaitForShutdownAsync(stop);
        }
        finally
        {
            await DisposeAsync(host);
        }
    }

    private static async ValueTask DisposeAsync(IHost host)
    {
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            host.Dispose();
        }
    }

    // Under systemd and as a Windows service the start and the end are told to the one who started it; elsewhere these do nothing.
    private static void AddServiceManagers(IHostApplicationBuilder builder)
    {
        builder.Services.AddSystemd();
        builder.Services.AddWindowsService();
    }

    /// <summary>What both transports have in common.</summary>
    internal static void AddServer(IHostApplicationBuilder builder, McpHostOptions options, Action<IHostApplicationBuilder> configure)
    {
        builder.Services.AddSingleton(options);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout);
        builder.Services.AddSingleton<IConfigureOptions<McpServerOptions>, ServerDefaults>();
        builder.Services.Configure<LoggerFilterOptions>(QuietFrameworks);
        builder.Services.AddOptions<LoggerFilterOptions>().Configure<IServiceProvider>(QuietFailedStart);
        if (!options.Stdio)
        {
            AddServiceManagers(builder);
        }

        configure(builder);
        HostTelemetry.AddTo(builder, options);
        builder.Services.AddMcpServer();
        builder.Services.TryAddSingleton(TimeProvider.System);
        VisibleLogs.AddTo(builder.Services);
    }

    /// <summary>Several lines for each request help nobody, and refusals have a log of their own with a bounded rate. First in the list, so that a rule of the configuration wins.</summary>
    private static void QuietFrameworks(LoggerFilterOptions filter)
    {
        foreach (string category in new[] { "Microsoft.AspNetCore", "ModelContextProtocol", typeof(BearerHandler).FullName! })
        {
            filter.Rules.Insert(0, new LoggerFilterRule(null, category, LogLevel.Warning, null));
        }

        // Nothing is protected with the keys that it warns about: they come with the framework's authentication.
        filter.Rules.Insert(0, new LoggerFilterRule(null, "Microsoft.AspNetCore.DataProtection", LogLevel.Error, null));
    }

    // The framework would log a start that failed with its stack trace; RunAsync says why in one sentence, or lets the exception through.
    private static void QuietFailedStart(LoggerFilterOptions filter, IServiceProvider services)
    {
        IHostApplicationLifetime? lifetime = null;
        filter.Rules.Add(new LoggerFilterRule(
            null,
            "Microsoft.Extensions.Hosting.Internal.Host",
            LogLevel.Information,
            (_, _, _) => (lifetime ??= services.GetService<IHostApplicationLifetime>())?.ApplicationStarted.IsCancellationRequested == true));
    }

    [LoggerMessage(
        EventId = 120,
        Level = LogLevel.Warning,
        Message = "The system lets this process have {Limit} open files. Connections and servers are kept below what that allows; raise it (ulimit -n) to serve more.")]
    private static partial void LogFewFiles(ILogger logger, int limit);

    [LoggerMessage(EventId = 121, Level = LogLevel.Warning, Message = "Commands on this machine have to bring a token of the issuer: {Fault}")]
    private static partial void LogNoSecret(ILogger logger, string fault);
}

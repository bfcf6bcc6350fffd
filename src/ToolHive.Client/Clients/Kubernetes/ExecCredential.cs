using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ToolHive.Client.Clients.Kubernetes;

/// <summary>Asks a program for a token or certificate, and again when it has expired or was refused.</summary>
internal sealed class ExecCredential(ExecSettings settings, TimeSpan timeout, TimeProvider clock) : KubernetesCredential, IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private string? _token;
    private X509Certificate2? _certificate;
    private DateTimeOffset _expires = DateTimeOffset.MinValue;

    public override X509Certificate2? ClientCertificate => Volatile.Read(ref _certificate);

    public override async ValueTask<string?> GetTokenAsync(string? refused, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Whoever waited for this turn gets what the one before was given.
            if (clock.GetUtcNow() >= _expires || (refused is not null && _token == refused))
            {
                Take(await RunAsync(cancellationToken).ConfigureAwait(false));
            }

            return _token;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _turn.Dispose();
        _certificate?.Dispose();
    }

    private void Take(JsonElement answer)
    {
        JsonElement? status = KubernetesJson.Find(answer, "status");
        string? token = KubernetesJson.Text(status, "token");
        string? certificate = KubernetesJson.Text(status, "clientCertificateData");
        string? key = KubernetesJson.Text(status, "clientKeyData");
        if (token is null && (certificate is null || key is null))
        {
            throw new ToolHiveUnavailableException($"The credential plugin '{settings.Command}' gave neither a token nor a certificate with key.");
        }

        _token = token;
        Volatile.Write(ref _certificate, certificate is null || key is null ? null : CertificateLoader.FromPem(certificate, key));
        _expires = DateTimeOffset.TryParse(KubernetesJson.Text(status, "expirationTimestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset expires)
            ? expires - Margin
            : DateTimeOffset.MaxValue;
    }

    private async Task<JsonElement> RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(timeout, clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using Process process = new() { StartInfo = CreateStartInfo() };
        try
        {
            process.Start();
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync(both.Token);
            string output = await process.StandardOutput.ReadToEndAsync(both.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(both.Token).ConfigureAwait(false);
            await errors.ConfigureAwait(false);
            return process.ExitCode == 0
                ? JsonDocument.Parse(output).RootElement
                : throw new ToolHiveUnavailableException($"The credential plugin '{settings.Command}' ended with {process.ExitCode}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Kill(process);
            throw new ToolHiveUnavailableException($"The credential plugin '{settings.Command}' did not end within {timeout.TotalSeconds:0} s.");
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            throw;
        }
        catch (JsonException e)
        {
            throw new ToolHiveUnavailableException($"The credential plugin '{settings.Command}' did not answer with JSON.", e);
        }
        catch (Win32Exception e)
        {
            throw new ToolHiveUnavailableException($"The credential plugin '{settings.Command}' cannot be started. {settings.InstallHint}".TrimEnd(), e);
        }
    }

    private ProcessStartInfo CreateStartInfo()
    {
        ProcessStartInfo start = new(settings.Command)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (string argument in settings.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in settings.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["KUBERNETES_EXEC_INFO"] = new JsonObject
        {
            ["apiVersion"] = settings.ApiVersion,
            ["kind"] = "ExecCredential",
            ["spec"] = new JsonObject { ["interactive"] = false },
        }.ToJsonString();
        return start;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended by itself.
        }
    }
}

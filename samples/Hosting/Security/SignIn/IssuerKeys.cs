using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Hosting.Security.SignIn;

/// <summary>
/// The issuer's keys: read at the first need, again each hour, and at once for a key that is not among them. An issuer that does not answer is asked again
/// after a pause; until then the keys it gave last are good, for a day. A key that it no longer lists opens nothing from the next reading on.
/// </summary>
internal sealed partial class IssuerKeys(McpHostOptions host, IHttpClientFactory clients, TimeProvider time, ILogger<IssuerKeys> logger)
    : IConfigurationManager<OpenIdConnectConfiguration>
{
    public const string ClientName = "Hosting.Issuer";

    public static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    public static readonly TimeSpan Good = TimeSpan.FromDays(1);

    /// <summary>Between two readings, so that tokens with invented key names do not become requests to the issuer.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private const string DiscoveryPath = "/.well-known/openid-configuration";
    private const int FewestRsaBits = 2048;

    private readonly Lock _gate = new();
    private Task? _reading;
    private long? _tried;
    private volatile Reading? _last;
    private volatile string? _fault;

    /// <summary>Why the last reading failed; null when it did not.</summary>
    public string? Fault => _fault;

    /// <summary>Whether tokens can be judged.</summary>
    public bool AnyKeys => _last is { } last && time.GetElapsedTime(last.At) < Good;

    /// <exception cref="IssuerUnavailableException">The issuer was never reached, or not for a day.</exception>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        if (!AnyKeys)
        {
            await ReadAsync().WaitAsync(cancel);
        }
        else if (time.GetElapsedTime(_last!.At) >= Fresh)
        {
            _ = ReadAsync();
        }

        return AnyKeys ? _last!.Configuration : throw new IssuerUnavailableException($"The keys of the issuer are not known: {_fault}");
    }

    /// <summary>Looks again when a token names a key that is not known: the issuer may have a new one.</summary>
    public async Task LookForAsync(string keyId, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration known = await GetConfigurationAsync(cancellationToken);
        if (!known.SigningKeys.Any(key => key.KeyId == keyId))
        {
            await ReadAsync().WaitAsync(cancellationToken);
        }
    }

    /// <summary>Nothing: <see cref="LookForAsync"/> has looked already.</summary>
    public void RequestRefresh()
    {
    }

    /// <summary>Reads, unless that was tried a moment ago; never fails. One reading at a time, for all who wait.</summary>
    public Task ReadAsync()
    {
        lock (_gate)
        {
            if (_reading is { IsCompleted: false })
            {
                return _reading;
            }

            if (_tried is { } tried && time.GetElapsedTime(tried) < Pause)
            {
                return Task.CompletedTask;
            }

            _tried = time.GetTimestamp();
            return _reading = ReadOnceAsync();
        }
    }

    private async Task ReadOnceAsync()
    {
        await Task.Yield();
        try
        {
            using HttpClient client = clients.CreateClient(ClientName);
            HttpDocumentRetriever documents = new(client) { RequireHttps = host.Jwt.RequireHttps && !new Uri(host.Jwt.Authority!).IsLoopback };
            OpenIdConnectConfiguration read = await OpenIdConnectConfigurationRetriever.GetAsync(
                host.Jwt.Authority!.TrimEnd('/') + DiscoveryPath, documents, CancellationToken.None);
            Take(read);
        }
        catch (Exception exception)
        {
            // Whatever an issuer sends instead of keys: nobody is let in by it, and those who have keys already keep them.
            string fault = VisibleText.Shorten(Describe(exception));
            if (_fault is null)
            {
                LogFailed(VisibleText.Shorten(ShownAddress.Of(host.Jwt.Authority!)), fault);
            }

            _fault = fault;
        }
    }

    private void Take(OpenIdConnectConfiguration read)
    {
        string expected = host.Jwt.Issuer ?? host.Jwt.Authority!;
        bool same = host.Jwt.Issuer is null ? read.Issuer?.TrimEnd('/') == expected.TrimEnd('/') : read.Issuer == expected;
        if (!same)
        {
            throw new InvalidDataException($"it calls itself '{VisibleText.Shorten(read.Issuer ?? "")}', but Host:Jwt says '{VisibleText.Shorten(expected)}'");
        }

        foreach (SecurityKey key in read.SigningKeys.Where(key => !IsUsable(key)).ToArray())
        {
            read.SigningKeys.Remove(key);
        }

        if (read.SigningKeys.Count == 0)
        {
            throw new InvalidDataException("it lists no public key that can be used (RSA from 2048 bits, or EC)");
        }

        _last = new Reading(read, time.GetTimestamp());
        if (_fault is not null)
        {
            string authority = VisibleText.Shorten(ShownAddress.Of(host.Jwt.Authority!));
            LogBack(authority);
        }

        _fault = null;
    }

    private static bool IsUsable(SecurityKey key) => key switch
    {
        RsaSecurityKey rsa => rsa.KeySize >= FewestRsaBits,
        ECDsaSecurityKey => true,
        X509SecurityKey certificate => certificate.PublicKey is System.Security.Cryptography.ECDsa || certificate.KeySize >= FewestRsaBits,
        JsonWebKey { Kty: JsonWebAlgorithmsKeyTypes.RSA } rsa => rsa.KeySize >= FewestRsaBits,
        JsonWebKey { Kty: JsonWebAlgorithmsKeyTypes.EllipticCurve } => true,
        _ => false,
    };

    private static string Describe(Exception exception) =>
        exception.InnerException is { } inner && inner is not System.Net.Sockets.SocketException ? Describe(inner)
        : exception is OperationCanceledException ? "it did not answer in time"
        : exception.Message;

    [LoggerMessage(EventId = 130, Level = LogLevel.Warning, Message = "The keys of the issuer {Authority} cannot be read, so nobody new can sign in: {Fault}. It is asked again.")]
    private partial void LogFailed(string authority, string fault);

    [LoggerMessage(EventId = 131, Level = LogLevel.Information, Message = "The keys of the issuer {Authority} can be read again.")]
    private partial void LogBack(string authority);

    private sealed record Reading(OpenIdConnectConfiguration Configuration, long At);
}

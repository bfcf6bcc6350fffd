using System.Security.Claims;
using Hosting.Health;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hosting.Security.SignIn;

/// <summary>
/// The framework's handler of JSON Web Tokens, set up strictly: public keys of one issuer only, looked up by us; no key, address or algorithm that a token brings
/// along is used. <see cref="BearerHandler"/> asks it and answers for it.
/// </summary>
internal static class JwtSignIn
{
    public const string SchemeName = "Jwt";

    /// <summary>A token is sent with every request; a larger one is no token of an access but a directory.</summary>
    public const int MostBytes = 16 * 1024;

    private const string CriticalHeader = "crit";

    private static readonly TimeSpan IssuerTimeout = TimeSpan.FromSeconds(10);
    private const int MostDocumentBytes = 1024 * 1024;

    public static void AddTo(IServiceCollection services, AuthenticationBuilder authentication)
    {
        services.AddHttpClient(IssuerKeys.ClientName, client =>
        {
            client.Timeout = IssuerTimeout;
            client.MaxResponseContentBufferSize = MostDocumentBytes;
        }).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }).RemoveAllLoggers();
        services.AddSingleton<IssuerKeys>();
        services.AddSingleton<JwtClaims>();
        services.AddSingleton<IssuerCheck>();
        services.AddHostedService(provider => provider.GetRequiredService<IssuerCheck>());
        services.AddHealthChecks().AddCheck<IssuerCheck>(IssuerCheck.Name, tags: [HealthEndpoints.ReadyTag]);
        services.AddOptions<JwtBearerOptions>(SchemeName).Configure<McpHostOptions, IssuerKeys, JwtClaims>(Configure);
        authentication.AddJwtBearer(SchemeName, _ => { });
    }

    /// <summary>Whether a text has the three parts of a signed token. Anything else needs no keys to be refused.</summary>
    public static bool LooksLikeOne(string token) => token.AsSpan().Count('.') == 2;

    private static void Configure(JwtBearerOptions bearer, McpHostOptions host, IssuerKeys keys, JwtClaims claims)
    {
        bearer.ConfigurationManager = keys;
        bearer.MapInboundClaims = false;
        bearer.SaveToken = false;
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(new JsonWebTokenHandler { MapInboundClaims = false, MaximumTokenSizeInBytes = MostBytes });
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudiences = host.Jwt.Audiences,
            ValidAlgorithms = host.Jwt.Algorithms,
            ClockSkew = host.Jwt.ClockSkew,
            RequireAudience = true,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ValidateIssuer = true,
            ValidateIssuerSigningKey = true,
        };
        bearer.Events = new JwtBearerEvents
        {
            OnMessageReceived = context => LookForKeyAsync(context, keys),
            OnTokenValidated = context =>
            {
                Accept(context, claims);
                return Task.CompletedTask;
            },
            OnAuthenticationFailed = context =>
            {
                // Who presented the token is told by the challenge.
                context.Fail(context.Exception as IssuerUnavailableException ?? (Exception)new SignInFault(Reason(context.Exception)));
                return Task.CompletedTask;
            },
        };
    }

    private static async Task LookForKeyAsync(MessageReceivedContext context, IssuerKeys keys)
    {
        string token = BearerHandler.Presented(context.Request) ?? "";
        context.Token = token;
        if (token.Length > MostBytes || TryRead(token) is not { } read)
        {
            // Whatever it is, the validation says so.
            return;
        }

        if (read.TryGetHeaderValue(CriticalHeader, out object? _))
        {
            context.Fail(new SignInFault("has an extension that must be understood, and none is"));
            return;
        }

        try
        {
            if (!string.IsNullOrEmpty(read.Kid))
            {
                await keys.LookForAsync(read.Kid, context.HttpContext.RequestAborted);
            }
        }
        catch (IssuerUnavailableException exception)
        {
            context.Fail(exception);
        }
    }

    private static JsonWebToken? TryRead(string token)
    {
        try
        {
            return new JsonWebToken(token);
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    // Of the library's messages none is passed on: some quote what the token says.
    private static string Reason(Exception failure) => failure switch
    {
        SecurityTokenExpiredException => "has expired",
        SecurityTokenNotYetValidException => "is not valid yet",
        SecurityTokenNoExpirationException => "has no end",
        SecurityTokenInvalidAudienceException => "is not for this server (see Host:Jwt:Audiences)",
        SecurityTokenInvalidIssuerException => "is of another issuer",
        SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException or SecurityTokenInvalidSigningKeyException => "is not signed by a key of the issuer with an algorithm that is taken",
        _ => "cannot be read",
    };

    private static void Accept(TokenValidatedContext context, JwtClaims claims)
    {
        try
        {
            context.Principal = new ClaimsPrincipal(claims.Read((JsonWebToken)context.SecurityToken));
        }
        catch (SignInFault fault)
        {
            context.Fail(fault);
        }
    }
}

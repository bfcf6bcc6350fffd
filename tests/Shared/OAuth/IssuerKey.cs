using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Shared.OAuth;

/// <summary>A signing key: RSA or EC.</summary>
public sealed class IssuerKey : IDisposable
{
    private readonly AsymmetricAlgorithm _key;

    private IssuerKey(string id, string algorithm, AsymmetricAlgorithm key)
    {
        Id = id;
        Algorithm = algorithm;
        _key = key;
    }

    /// <summary>What tokens name it.</summary>
    public string Id { get; }

    /// <summary>What tokens say it signs with, such as RS256.</summary>
    public string Algorithm { get; }

    /// <summary>An RSA key.</summary>
    public static IssuerKey Rsa(string id, string algorithm = "RS256", int bits = 2048) => new(id, algorithm, RSA.Create(bits));

    /// <summary>A key on the curve P-256.</summary>
    public static IssuerKey Ec(string id) => new(id, "ES256", ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>The public key as text, which anybody may read: a weak verifier can be made to take it as a shared secret.</summary>
    public string PublicPem() => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>The signature of a text.</summary>
    public byte[] Sign(string text)
    {
        byte[] data = Encoding.ASCII.GetBytes(text);
        return _key switch
        {
            RSA rsa => rsa.SignData(data, HashAlgorithmName.SHA256, Algorithm.StartsWith("PS", StringComparison.Ordinal) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1),
            ECDsa ec => ec.SignData(data, HashAlgorithmName.SHA256),
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>The public key as an issuer publishes it.</summary>
    public JsonObject Published()
    {
        JsonObject key = new() { ["kid"] = Id, ["use"] = "sig", ["alg"] = Algorithm };
        if (_key is RSA rsa)
        {
            RSAParameters numbers = rsa.ExportParameters(false);
            (key["kty"], key["n"], key["e"]) = ("RSA", WebEncoders.Base64UrlEncode(numbers.Modulus!), WebEncoders.Base64UrlEncode(numbers.Exponent!));
        }
        else
        {
            ECParameters point = ((ECDsa)_key).ExportParameters(false);
            (key["kty"], key["crv"], key["x"], key["y"]) = ("EC", "P-256", WebEncoders.Base64UrlEncode(point.Q.X!), WebEncoders.Base64UrlEncode(point.Q.Y!));
        }

        return key;
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}

using System.Security.Cryptography.X509Certificates;

namespace LangSmithPg.Core.Tests.Tls;

/// <summary>A certificate that is in one of this user's stores until it is disposed.</summary>
sealed class StoredCertificate : IDisposable
{
    readonly X509Certificate2 _certificate;
    readonly StoreName _store;

    public StoredCertificate(StoreName store, X509Certificate2 certificate)
    {
        (_store, _certificate) = (store, certificate);
        In(opened => opened.Add(_certificate));
    }

    public static bool IsIn(StoreName store, X509Certificate2 certificate)
    {
        using var opened = new X509Store(store, StoreLocation.CurrentUser);
        opened.Open(OpenFlags.ReadOnly);
        var isIn = false;
        foreach (var one in opened.Certificates)
        {
            // Wine writes a store when the last certificate of it is gone.
            using (one)
            {
                isIn |= one.Thumbprint == certificate.Thumbprint;
            }
        }

        return isIn;
    }

    public void Dispose() => In(opened => opened.Remove(_certificate));

    void In(Action<X509Store> change)
    {
        using var opened = new X509Store(_store, StoreLocation.CurrentUser);
        opened.Open(OpenFlags.ReadWrite);
        change(opened);
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LangSmithPg.Postgres.Connections;

/// <summary>
/// Intermediates of a client certificate in this user's store, from which alone Windows takes what it sends beside the certificate. What was
/// not there before is gone when the last connection that needs it has ended.
/// </summary>
sealed class SharedIntermediates : IDisposable
{
    static readonly object Turn = new();
    static readonly Dictionary<string, int> Borrowers = [];

    readonly List<X509Certificate2> _lent;

    SharedIntermediates(List<X509Certificate2> lent) => _lent = lent;

    /// <summary>Puts them into the store. Where that cannot be written, the server gets what the machine knows.</summary>
    public static SharedIntermediates Lend(IReadOnlyList<X509Certificate2> intermediates)
    {
        List<X509Certificate2> lent = [];
        if (intermediates.Count > 0)
        {
            Change(store =>
            {
                var known = Thumbprints(store);
                foreach (var one in intermediates)
                {
                    if (!Borrowers.ContainsKey(one.Thumbprint))
                    {
                        if (known.Contains(one.Thumbprint))
                        {
                            continue;
                        }

                        store.Add(one);
                    }

                    Borrowers[one.Thumbprint] = Borrowers.GetValueOrDefault(one.Thumbprint) + 1;
                    lent.Add(one);
                }
            });
        }

        return new(lent);
    }

    public void Dispose()
    {
        if (_lent.Count > 0)
        {
            Change(store =>
            {
                foreach (var one in _lent)
                {
                    if (--Borrowers[one.Thumbprint] == 0)
                    {
                        Borrowers.Remove(one.Thumbprint);
                        store.Remove(one);
                    }
                }

                _lent.Clear();
            });
        }
    }

    static HashSet<string> Thumbprints(X509Store store)
    {
        HashSet<string> thumbprints = [];
        foreach (var one in store.Certificates)
        {
            using (one)
            {
                thumbprints.Add(one.Thumbprint);
            }
        }

        return thumbprints;
    }

    static void Change(Action<X509Store> change)
    {
        lock (Turn)
        {
            try
            {
                using var store = new X509Store(StoreName.CertificateAuthority, StoreLocation.CurrentUser);
                store.Open(OpenFlags.ReadWrite);
                change(store);
            }
            catch (CryptographicException)
            {
                // A profile that cannot be written.
            }
        }
    }
}

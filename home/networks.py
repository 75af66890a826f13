"""Which network somebody speaks from."""

from ipaddress import ip_address, ip_network


def network_of(address: str, bits: int) -> str:
    """An IPv4 address, so many bits of an IPv6 one; whatever is no address stands for itself.

    >>> network_of("2001:db8:7:1::5", 48), network_of("10.0.0.7", 48), network_of("unix:", 48)
    ('2001:db8:7::/48', '10.0.0.7', 'unix:')
    """
    try:
        version = ip_address(address).version
    except ValueError:
        return address
    return str(ip_network(f"{address}/{bits}", strict=False)) if version == 6 else address
